import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Panel } from '../../../src/services/conversation/panel.ts';
import { panelModal, readPanel } from '../../../src/slack/views/panel.ts';
import { choices, chosen, expectModal, name, submit, typedText } from '../../support/forms.ts';
import { customers, expectHarmless, expertiseNames, note, place, time, userId } from './nasty.ts';

const panel: fc.Arbitrary<Panel> = fc
  .record({
    conversationId: fc.constant('c1'),
    version: fc.nat(9),
    deskName: name,
    customers,
    openedAt: time,
    closedAt: fc.option(time, { nil: undefined }),
    outcome: fc.constantFrom(
      undefined,
      'escalated' as const,
      'no_agent' as const,
      'never_answered' as const,
      'success' as const,
      'lost' as const,
    ),
    status: fc.constantFrom(undefined, 'in_progress' as const, 'waiting' as const, 'looking_for_help' as const),
    note,
    expertise: choices(20),
    catalogue: fc.oneof(
      fc.constant({ kind: 'search' as const }),
      choices(100).map((all) => ({ kind: 'all' as const, choices: all })),
    ),
    agents: fc.array(fc.record({ userId, arriving: fc.boolean(), expertise: expertiseNames }), { maxLength: 100 }),
    request: fc.option(
      fc.record({
        id: fc.constant('r1'),
        askedAt: time,
        askedBy: userId,
        note: fc.constantFrom('', 'A note & <more>'),
      }),
      { nil: undefined },
    ),
    isIn: fc.boolean(),
  })
  .chain((rest) => place.map((where) => ({ ...where, ...rest })))
  // What a conversation is about is of the catalogue.
  .map((data) => ({
    ...data,
    expertise: data.catalogue.kind === 'all' ? data.catalogue.choices.slice(0, 20) : data.expertise,
  }));

const open = panel.map((data) => ({ ...data, status: data.status ?? ('in_progress' as const) }));

describe('the panel', () => {
  it('is valid and harmless with any data', () => {
    fc.assert(
      fc.property(panel, (data) => {
        const view = panelModal(data);
        expectModal(view);
        expectHarmless(view.blocks);
      }),
      { numRuns: 60 },
    );
  });

  it('holds no change when nobody touched it', () => {
    fc.assert(
      fc.property(open, (data) => {
        const form = readPanel(submit(panelModal(data)));
        expect(form).toEqual({
          conversationId: 'c1',
          addExpertise: [],
          removeExpertise: [],
          askForHelp: expect.anything(),
        });
      }),
      { numRuns: 60 },
    );
  });

  it('reads what was changed and only that', () => {
    const [data] = fc.sample(open, { numRuns: 1, seed: 1 });
    if (data === undefined) throw new Error('no panel');
    const view = panelModal({ ...data, status: 'waiting', note: 'old' });
    const typed = { note: { note: typedText('new') }, status: { status: chosen('radio_buttons', 'in_progress') } };
    expect(readPanel(submit(view, typed))).toMatchObject({
      note: { was: 'old', is: 'new' },
      status: 'in_progress',
      askForHelp: false,
    });
  });
});
