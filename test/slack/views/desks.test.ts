import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DeskForm, ListedDesk } from '../../../src/services/desk/list.ts';
import { archiveModal, readArchive } from '../../../src/slack/views/archive-desk.ts';
import {
  archivedDeskModal,
  archivedDesksModal,
  readRestore,
  restoreModal,
} from '../../../src/slack/views/archived-desks.ts';
import { deskModal, desksModal, readDesk } from '../../../src/slack/views/desks.ts';
import { choices, chosen, count, expectModal, name, submit, typedText, userIds } from '../../support/forms.ts';

describe('desks', () => {
  const desk = fc.record({
    id: fc.constant('d1'),
    name,
    nameKey: fc.constant('x'),
    isDefault: fc.boolean(),
    helpChannelId: fc.constantFrom('', 'C1'),
    answerMinutes: fc.integer({ min: 0, max: 60 }),
    fallbackId: fc.constantFrom('', 'U1', 'S1'),
    reopenDays: fc.integer({ min: 0, max: 90 }),
    quietDays: fc.integer({ min: 0, max: 90 }),
    isArchived: fc.constant(false),
    selectionOrder: fc.constantFrom('expertise_first', 'language_first'),
    capacity: fc.integer({ min: 0, max: 100 }),
    noHuddles: fc.boolean(),
    forwardsNew: fc.boolean(),
    sentence: fc.string(),
    version: fc.constant(1),
  });

  it('are listed validly, however many', () => {
    const listed: fc.Arbitrary<ListedDesk[]> = fc
      .tuple(fc.array(desk, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 300 }), count)
      .map(([some, n, agents]) =>
        Array.from(
          { length: n },
          (_, i) => ({ ...(some[i % some.length] ?? some[0]), id: `d${i}`, agents }) as ListedDesk,
        ),
      );
    fc.assert(
      fc.property(listed, (desks) => expectModal(desksModal(desks))),
      { numRuns: 30 },
    );
  });

  it('have a form that is valid with any data and holds no change when nobody typed', () => {
    const form: fc.Arbitrary<DeskForm> = fc.record({
      desk,
      answerMinutes: fc.integer({ min: 0, max: 60 }),
      agents: fc.option(userIds(50), { nil: undefined }),
      agentCount: count,
    });
    fc.assert(
      fc.property(form, (data) => {
        expectModal(deskModal(data));
        expect(readDesk(submit(deskModal(data)))).toMatchObject({
          changed: {
            deskId: 'd1',
            name: undefined,
            helpChannelId: undefined,
            answerMinutes: undefined,
            fallbackId: undefined,
            reopenDays: undefined,
            quietDays: undefined,
            selectionOrder: undefined,
            capacity: undefined,
            noHuddles: undefined,
            forwardsNew: undefined,
            sentence: undefined,
            agents: { add: [], remove: [] },
          },
        });
      }),
    );
  });

  it('can be archived in a form that is valid with any data', () => {
    const archiving = fc.record({
      desk: fc.record({ id: fc.constant('d1'), name }),
      conversations: count,
      channels: count,
      agents: count,
      others: choices(150).filter((all) => all.length > 0),
    });
    fc.assert(fc.property(archiving, (form) => expectModal(archiveModal(form))));
    const form = { desk: { id: 'd1', name: 'Billing' }, conversations: 1, channels: 0, agents: 0 };
    const modal = archiveModal({ ...form, others: [{ id: 'd2', name: 'Support' }] });
    const typed = { desk: { desk: chosen('static_select', 'd2') } };
    expect(readArchive(submit(modal, typed))).toEqual({ deskId: 'd1', takenOverBy: 'd2' });
    expect(readArchive(submit(archiveModal({ ...form, conversations: 0, others: [] })))).toEqual({ deskId: 'd1' });
  });

  it('begin with an answer time of five minutes and seven days', () => {
    const modal = deskModal({ desk: undefined, answerMinutes: 5, agents: [], agentCount: 0 });
    expectModal(modal);
    const typed = { name: { name: typedText('Billing') } };
    expect(readDesk(submit(modal, typed))).toEqual({
      added: {
        name: 'Billing',
        helpChannelId: '',
        agents: [],
        answerMinutes: 5,
        fallbackId: '',
        reopenDays: 7,
        quietDays: 7,
        selectionOrder: 'expertise_first',
        capacity: 0,
        noHuddles: false,
        forwardsNew: false,
        sentence: 'We are finding the right person and will answer here.',
      },
    });
  });

  it('hand out conversations as the form says', () => {
    const [data] = fc.sample(
      desk.map((each) => ({ ...each, noHuddles: false, forwardsNew: false })),
      1,
    );
    if (data === undefined) throw new Error('no desk');
    const shown = { ...data, selectionOrder: 'expertise_first', capacity: 0, sentence: 'Please wait.' } as const;
    const modal = deskModal({ desk: shown, answerMinutes: 5, agents: [], agentCount: 0 });
    const typed = {
      selection_order: { selection_order: chosen('radio_buttons', 'language_first') },
      capacity: { capacity: { type: 'number_input', value: '3' } },
      no_huddles: { no_huddles: { type: 'checkboxes', selected_options: [{ value: 'no_huddles' }] } },
      forwards_new: { forwards_new: chosen('radio_buttons', 'forward') },
      sentence: { sentence: typedText(null) },
    };
    expect(readDesk(submit(modal, typed))).toMatchObject({
      changed: {
        selectionOrder: { from: 'expertise_first', to: 'language_first' },
        capacity: { from: 0, to: 3 },
        noHuddles: { from: false, to: true },
        forwardsNew: { from: false, to: true },
        sentence: { from: 'Please wait.', to: '' },
      },
    });
  });

  it('that are archived are listed and restored in forms that are valid with any data', () => {
    const archived = fc.record({ id: fc.constant('d1'), name, helpChannelId: fc.constantFrom('', 'C1') });
    fc.assert(
      fc.property(fc.array(archived, { maxLength: 200 }), (desks) => {
        expectModal(archivedDesksModal(desks, ':white_check_mark: Done.'));
        for (const one of desks) expectModal(archivedDeskModal(one));
        for (const each of desks.slice(0, 3)) expectModal(restoreModal(each));
      }),
      { numRuns: 30 },
    );
    expectModal(desksModal([], 5000));
    expect(JSON.stringify(desksModal([], 0))).not.toContain('Archived desks');
    const typed = { name: { name: typedText('Money') } };
    expect(readRestore(submit(restoreModal({ id: 'd1', name: 'Billing', helpChannelId: '' }), typed))).toEqual({
      deskId: 'd1',
      name: 'Money',
    });
  });
});
