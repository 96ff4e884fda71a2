import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Panel } from '../../../src/services/conversation/panel.ts';
import { noteMark } from '../../../src/domain/note.ts';
import { noteChangedModal, readPanel } from '../../../src/slack/views/panel-form.ts';
import { panelModal } from '../../../src/slack/views/panel.ts';
import { choices, chosen, expectModal, name, submit, typedText } from '../../support/forms.ts';
import { expectHarmless, expertiseNames, note, place, time, userId } from './nasty.ts';

const stay = {
  userId,
  cameBy: fc.constantFrom('opened' as const, 'joined' as const, 'invited' as const, 'forwarded' as const),
  cameAt: time,
  invitedBy: fc.constantFrom('', 'UANA'),
};

const panel: fc.Arbitrary<Panel> = fc
  .record({
    conversationId: fc.constant('c1'),
    version: fc.nat(9),
    deskName: name,
    customers: fc.oneof(choices(20), choices(120)),
    deskId: fc.constant('e0'),
    desks: choices(130),
    timeZone: fc.constantFrom('', 'Europe/Berlin'),
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
    agents: fc.array(fc.record({ ...stay, arriving: fc.boolean(), expertise: expertiseNames }), { maxLength: 100 }),
    history: fc.array(fc.record({ ...stay, leftAt: time }), { maxLength: 60 }),
    request: fc.option(
      fc.record({
        id: fc.constant('r1'),
        askedAt: time,
        askedBy: userId,
        askedWith: fc.constantFrom('', '<!here> *bot*'),
        note: fc.constantFrom('', 'A note & <more>'),
      }),
      { nil: undefined },
    ),
    turn: fc.option(
      fc.record({
        turnId: fc.constant('t1'),
        userId,
        isArriving: fc.boolean(),
        since: time,
        until: fc.option(time, { nil: undefined }),
      }),
      { nil: undefined },
    ),
    wasForwarded: fc.boolean(),
    isIn: fc.boolean(),
    visitor: fc.option(
      fc.record({
        name: fc.constantFrom('', '<!here>', '😀'.repeat(40)),
        reference: fc.constantFrom('', '<!channel>', 'x'.repeat(200)),
        language: fc.constantFrom('', 'fr'),
        country: fc.constantFrom('', 'CA'),
        hasTranscript: fc.boolean(),
      }),
      { nil: undefined },
    ),
  })
  .chain((rest) => place.map((where) => ({ ...where, ...rest })))
  // What a conversation is about is of the catalogue.
  .map((data) => ({
    ...data,
    expertise: data.catalogue.kind === 'all' ? data.catalogue.choices.slice(0, 20) : data.expertise,
  }));

const open = panel.map((data) => ({ ...data, status: data.status ?? ('in_progress' as const) }));

const sample = fc.sample(open, { numRuns: 1, seed: 1 })[0] as Panel;
const people = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `e${i}`, name: `Name of e${i}` }));
const came = <More extends object>(id: string, cameBy: 'opened' | 'invited', more: More) => ({
  userId: id,
  cameBy,
  cameAt: '2026-03-02T09:00:00.000Z',
  invitedBy: '',
  ...more,
});

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
          version: expect.any(Number),
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
      note: { was: noteMark('old'), is: 'new' },
      status: 'in_progress',
      askForHelp: false,
    });
  });

  it('lays somebody else’s note above the one that was typed, and builds the next save on theirs', () => {
    fc.assert(
      fc.property(open, note, (data, theirs) => {
        const first = noteChangedModal(panelModal(data), 'an earlier one');
        const view = noteChangedModal(first, theirs);
        expectModal(view);
        expectHarmless(view.blocks);
        expect(view.blocks.filter(({ block_id: id }) => id === 'their_note')).toHaveLength(theirs === '' ? 0 : 1);
        expect(JSON.stringify(view.blocks)).toContain(JSON.stringify(theirs).slice(1, -1));
        const both = { note: { note: typedText(`${theirs}\nand mine`) } };
        expect(readPanel(submit(view, both)).note).toEqual({ was: noteMark(theirs), is: `${theirs}\nand mine` });
        expect(readPanel(submit(view, { note: { note: typedText(theirs) } })).note).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it('shows its customers to be changed, and where there are too many adds and removes', () => {
    const some = panelModal({ ...sample, customers: people(2) });
    const typed = chosen('multi_external_select', 'e1', 'new');
    expect(readPanel(submit(some, { customers: { 'panel.customers': typed } })).customers).toEqual({
      add: ['new'],
      remove: ['e0'],
    });
    const many = panelModal({ ...sample, customers: people(60) });
    const both = {
      customers: { 'panel.customers': chosen('multi_external_select', 'new', 'e7') },
      former_customers: { 'panel.current_customers': chosen('multi_external_select', 'e7', 'e8') },
    };
    expect(readPanel(submit(many, both)).customers).toEqual({ add: ['new'], remove: ['e7', 'e8'] });
  });

  it('offers other desks where there are any, and reads a change from the desk it showed', () => {
    const desks = [
      { id: 'support', name: 'Support' },
      { id: 'billing', name: 'Billing' },
    ];
    const view = panelModal({ ...sample, deskId: 'support', deskName: 'Support', desks });
    const typed = { desk: { desk: chosen('static_select', 'billing') } };
    expect(readPanel(submit(view, typed)).desk).toEqual({ from: 'support', to: 'billing' });
    const only = panelModal({ ...sample, deskId: 'support', deskName: 'Support', desks: desks.slice(0, 1) });
    expect(JSON.stringify(only.blocks)).not.toContain('Choose a desk');
    expect(JSON.stringify(only.blocks)).toContain('Desk Support');
  });

  it('says how and when each came, what they know, and who left', () => {
    const text = JSON.stringify(
      panelModal({
        ...sample,
        agents: [came('UANA', 'opened', { arriving: false, expertise: ['Billing'] })],
        history: [{ ...came('UBEN', 'invited', { invitedBy: 'UANA' }), leftAt: '2026-03-02T10:00:00.000Z' }],
      }).blocks,
    );
    expect(text).toMatch(/<@UANA> {2}:mortar_board: Billing {2}· {2}opened it, <!date/);
    expect(text).toMatch(/<@UBEN> {2}· {2}was invited by <@UANA>, <!date[^>]*> {2}· {2}left <!date/);
  });
});
