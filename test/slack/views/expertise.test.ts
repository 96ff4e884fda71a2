import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { messageTooLong, validateMessageBlocks } from '../../../sandbox/blockkit/validate.ts';
import type { ExpertiseForm } from '../../../src/services/expertise/form.ts';
import type { ExpertiseList } from '../../../src/services/expertise/list.ts';
import {
  editedModal,
  expertiseModal,
  listModal,
  listReply,
  readExpertise,
} from '../../../src/slack/views/expertise.ts';
import {
  assignedReply,
  knownReply,
  unknownWordReply,
  unresolvedReply,
  whoReply,
  whoSeveralReply,
} from '../../../src/slack/views/expertise-replies.ts';
import type { SubmittedForm } from '../../../src/slack/views/form.ts';
import { choices, count, expectModal, name, picked, submit, userIds, words } from '../../support/forms.ts';

const expertise = fc.record({
  id: fc.constant('e1'),
  name,
  nameKey: fc.constant('x'),
  description: words,
  version: fc.constant(3),
});

describe('the form of an expertise', () => {
  const form: fc.Arbitrary<ExpertiseForm> = fc.record({
    expertise: fc.option(expertise, { nil: undefined }),
    name: fc.oneof(name, words),
    operators: fc.option(userIds(50), { nil: undefined }),
    operatorCount: count,
  });

  it('is valid with any data', () => {
    fc.assert(fc.property(form, (data) => expectModal(expertiseModal(data))));
  });

  it('holds no change when nobody typed', () => {
    fc.assert(
      fc.property(form, expertise, (data, row) => {
        const read = readExpertise(submit(expertiseModal({ ...data, expertise: row, name: row.name })));
        expect(read).toMatchObject({
          row: { id: 'e1', version: 3 },
          name: undefined,
          description: undefined,
          operators: { add: [], remove: [] },
        });
      }),
    );
  });

  const billing = { id: 'e1', name: 'Billing', nameKey: 'billing', description: 'Money', version: 3 };

  it('says what was changed, and which operators were put in and taken out', () => {
    const modal = expertiseModal({ expertise: billing, name: 'Billing', operators: ['U1', 'U2'], operatorCount: 2 });
    const read = readExpertise(
      submit(modal, {
        name: { name: { type: 'plain_text_input', value: 'Invoices' } },
        description: { description: { type: 'plain_text_input', value: null } },
        operators: { operators: { type: 'multi_users_select', selected_users: ['U2', 'U3'] } },
      }),
    );
    expect(read).toEqual({
      row: { id: 'e1', version: 3 },
      name: { from: 'Billing', to: 'Invoices' },
      description: { from: 'Money', to: '' },
      operators: { add: ['U3'], remove: ['U1'] },
      shown: ['U1', 'U2'],
    });
  });

  it('adds and removes operators above fifty', () => {
    const modal = expertiseModal({ expertise: billing, name: 'Billing', operators: undefined, operatorCount: 51 });
    const read = readExpertise(submit(modal, { add: { add: picked('U1', 'U9') }, remove: { remove: picked('U9') } }));
    expect(read).toMatchObject({ operators: { add: ['U1'], remove: ['U9'] }, shown: undefined });
  });

  it('of a new one gives everything that was typed', () => {
    const modal = expertiseModal({ expertise: undefined, name: 'Billing', operators: [], operatorCount: 0 });
    const operators = { operators: { type: 'multi_users_select', selected_users: ['U1'] } };
    expect(readExpertise(submit(modal, { operators }))).toEqual({
      row: undefined,
      name: 'Billing',
      description: '',
      operators: ['U1'],
    });
  });

  it('does not take Slack’s escaping of what it showed for a change', () => {
    const rnd = { ...billing, name: 'R&D <b>' };
    const shown = submit(expertiseModal({ expertise: rnd, name: rnd.name, operators: [], operatorCount: 0 }));
    const escaped = JSON.parse(
      JSON.stringify(shown.blocks).replaceAll('R&D <b>', 'R&amp;D &lt;b&gt;'),
    ) as SubmittedForm['blocks'];
    expect(readExpertise({ ...shown, blocks: escaped })).toMatchObject({ name: undefined });
  });

  it('says afterwards what others did, only when they did something', () => {
    expect(editedModal({ expertise: billing, stayed: [], changedMeanwhile: false })).toBeUndefined();
    const modal = editedModal({ expertise: billing, stayed: ['name'], changedMeanwhile: true });
    expectModal(modal);
    expect(JSON.stringify(modal)).toContain('You both changed the name');
  });
});

describe('lists of expertise', () => {
  const list: fc.Arbitrary<ExpertiseList> = fc
    .tuple(choices(1000), words, count, fc.boolean())
    .map(([items, description, holders, mayEdit]) => ({
      items: items.map((item) => ({ ...item, description, holders })),
      more: 0,
      mayEdit,
    }));

  it('are valid with any data, up to a thousand', () => {
    fc.assert(
      fc.property(list, (data) => {
        const { blocks } = listReply(data);
        expect(validateMessageBlocks(blocks)).toEqual([]);
        expect(messageTooLong(blocks)).toBe(false);
        expectModal(listModal(data));
      }),
      { numRuns: 40 },
    );
  });

  it('show all of a thousand with usual names in the modal', () => {
    const items = Array.from({ length: 1000 }, (_, i) => ({
      id: `e${i}`,
      name: `Topic ${i}`,
      description: '',
      holders: 2,
    }));
    const modal = listModal({ items, more: 0, mayEdit: false });
    expect(JSON.stringify(modal)).toContain('*Topic 999*');
    const some = { items: items.slice(0, 300), more: 700, mayEdit: false };
    expect(JSON.stringify(listReply(some))).toContain('Show all 1,000');
    expect(listReply(some).blocks).toEqual(listReply({ items, more: 0, mayEdit: false }).blocks);
  });

  it('say how to begin where there is none, to those who may', () => {
    expect(listReply({ items: [], more: 0, mayEdit: true }).blocks).toHaveLength(2);
    expect(listReply({ items: [], more: 0, mayEdit: false }).text).toContain('Administrators add it');
  });

  it('never let a name call or link anybody', () => {
    const row = { id: 'e1', name: '<!here>', nameKey: 'x', description: '<@U9>', version: 1 };
    const texts = [
      ...listReply({ items: [{ ...row, holders: 1 }], more: 0, mayEdit: true }).blocks.map((block) =>
        JSON.stringify(block),
      ),
      whoReply({ expertise: row, holders: [], count: 0 }),
      assignedReply({ expertise: row, changed: [], unchanged: [] }),
      knownReply({ userId: 'U1', expertise: [row], mayHave: true }),
      whoSeveralReply({
        asked: [row, { ...row, id: 'e2' }],
        holders: [{ userId: 'U1', has: ['<!here>'] }],
        count: 1,
        unknown: ['<@U9>'],
      }),
      unknownWordReply('<!here>', undefined),
      unresolvedReply(['<!here>']),
    ];
    for (const text of texts) expect(text).not.toMatch(/<!here>|<@U9>/);
  });

  it('name fifty of five thousand and count the rest', () => {
    const holders = Array.from({ length: 100 }, (_, i) => ({ userId: `U${i}`, name: 'x' }));
    const row = { id: 'e1', name: 'Billing', nameKey: 'billing', description: '', version: 1 };
    const text = whoReply({ expertise: row, holders, count: 5000 });
    expect(text).toMatch(/^5,000 people have \*Billing\*: <@U0>, .* and 4,950 more$/);
  });
});
