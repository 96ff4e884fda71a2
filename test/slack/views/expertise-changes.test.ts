import { describe, expect, it } from '@jest/globals';
import type { ActionsBlock } from '@slack/types';
import fc from 'fast-check';
import type { MergeForm, MergePlan } from '../../../src/services/expertise/merge.ts';
import type { ExpertiseUsage } from '../../../src/services/expertise/usage.ts';
import { deletedModal, deleteModal, readDelete, usedMoreModal } from '../../../src/slack/views/expertise-delete.ts';
import { mergeConfirmModal, mergedModal, mergeModal, readMerge } from '../../../src/slack/views/expertise-merge.ts';
import { answeredReply, whoSeveralReply } from '../../../src/slack/views/expertise-replies.ts';
import { choices, chosen, count, expectModal, name, submit, userIds, words } from '../../support/forms.ts';

const expertise = fc.record({
  id: fc.uuid(),
  name,
  nameKey: fc.constant('x'),
  description: words,
  version: fc.constant(1),
});
const counts = fc.record({ people: count, conversations: count, requests: count });
const place = fc.record({
  channelId: fc.constant('C1'),
  threadTs: fc.constantFrom('', '1.2'),
  channelName: name,
  isPrivate: fc.boolean(),
  link: fc.constant('https://northwind.slack.com/archives/C1/p1'),
});
const places = fc.array(place, { maxLength: 10 });

describe('merging expertise', () => {
  const catalogue = fc.oneof(
    fc.constant({ kind: 'search' as const }),
    choices(99).map((all) => ({ kind: 'all' as const, choices: all.length === 0 ? [{ id: 'e', name: 'x' }] : all })),
  );
  const form: fc.Arbitrary<MergeForm> = fc.record({ from: expertise, counts, catalogue });
  const plan: fc.Arbitrary<MergePlan> = fc
    .record({ from: expertise, into: expertise, counts })
    .map((made) => ({ ...made, newPeople: Math.floor(made.counts.people / 2) }));

  it('has forms that are valid with any data', () => {
    fc.assert(fc.property(form, (data) => expectModal(mergeModal(data))));
    fc.assert(
      fc.property(plan, (data) => {
        expectModal(mergeConfirmModal(data));
        expectModal(mergedModal(data));
      }),
    );
  });

  const billing = { id: 'billing', name: 'Billing', nameKey: 'billing', description: '', version: 1 };
  const money = { ...billing, id: 'money', name: 'Money' };
  const used = { people: 3, conversations: 1, requests: 2 };

  it('reads both from the form and from its confirmation', () => {
    const asked = mergeModal({ from: money, counts: used, catalogue: { kind: 'search' } });
    const typed = { into: { expertise: chosen('external_select', 'billing') } };
    expect(readMerge(submit(asked, typed))).toEqual({ fromId: 'money', intoId: 'billing' });
    const confirm = mergeConfirmModal({ from: money, into: billing, counts: used, newPeople: 2 });
    expect(readMerge(submit(confirm))).toEqual({ fromId: 'money', intoId: 'billing' });
  });

  it('says what moves, and only that', () => {
    const text = JSON.stringify(mergeConfirmModal({ from: money, into: billing, counts: used, newPeople: 2 }));
    expect(text).toContain('2 people will have *Billing*; 1 person has both');
    expect(text).toContain('1 open conversation will be about it');
    expect(text).toContain('2 open requests for help will want it');
    const none = { people: 0, conversations: 0, requests: 0 };
    const little = JSON.stringify(mergeConfirmModal({ from: money, into: billing, counts: none, newPeople: 0 }));
    expect(little).not.toMatch(/people|conversation|request/);
  });
});

describe('deleting expertise', () => {
  const usage: fc.Arbitrary<ExpertiseUsage> = fc.record({
    expertise,
    counts,
    people: userIds(20),
    conversations: places,
    requests: places,
  });

  it('has windows that are valid with any data, and a button that says what was seen', () => {
    fc.assert(
      fc.property(usage, (data) => {
        for (const modal of [deleteModal(data), usedMoreModal(data), deletedModal(data)]) expectModal(modal);
        const last = deleteModal(data).blocks.at(-1) as ActionsBlock;
        const [button] = last.elements;
        expect(button).toMatchObject({ style: 'danger', confirm: { style: 'danger' } });
        const { value = '' } = button as { value?: string };
        expect(readDelete(value)).toEqual({ expertiseId: data.expertise.id, seen: data.counts });
      }),
    );
  });
});

const known = (has: number, all: number) => ({
  asked: Array.from({ length: all }, (_, i) => ({
    id: `e${i}`,
    name: `Topic ${i}`,
    nameKey: 'x',
    description: '',
    version: 1,
  })),
  holders: [{ userId: 'U1', has: Array.from({ length: has }, (_, i) => `Topic ${i}`) }],
  count: 5000,
  unknown: [],
});

describe('who knows several things', () => {
  it('is starred for who knows all, and counted for the rest', () => {
    expect(whoSeveralReply(known(2, 2))).toMatch(/:star: <@U1> has all 2\nand 4,999 more$/);
    expect(
      answeredReply({ ...known(1, 3), wouldGet: undefined, unmatched: ['There is no expertise “<!here>”.'] }),
    ).toMatch(/^[\s\S]*more\nThere is no expertise “&lt;!here&gt;”\.$/);
    expect(whoSeveralReply(known(1, 3))).toContain('<@U1> has 1 of 3: *Topic 0*');
  });

  it('is nobody where nobody has any of it', () => {
    expect(whoSeveralReply({ ...known(0, 2), holders: [], count: 0 })).toBe('Nobody has *Topic 0* or *Topic 1* yet.');
  });

  it('stays a message with twenty names of sixty characters', () => {
    const long = Array.from({ length: 20 }, (_, i) => ({
      id: `e${i}`,
      name: '&'.repeat(60),
      nameKey: 'x',
      description: '',
      version: 1,
    }));
    const holders = Array.from({ length: 20 }, (_, i) => ({
      userId: `U${i}`,
      has: long.slice(1).map(({ name: it_ }) => it_),
    }));
    expect(whoSeveralReply({ asked: long, holders, count: 20, unknown: [] }).length).toBeLessThan(40_000);
  });
});
