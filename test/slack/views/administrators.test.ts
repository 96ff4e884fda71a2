import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validateView } from '../../../sandbox/blockkit/validate.ts';
import type { AdministratorList } from '../../../src/services/administrator/list.ts';
import { administratorsModal, madeText, readAdministrators } from '../../../src/slack/views/administrators.ts';
import { setupBlocks } from '../../../src/slack/views/setup.ts';
import { expectModal, name, picked, submit, userIds } from '../../support/forms.ts';

const made = { by: 'U2', at: '2026-03-02T09:00:00.000Z' };

const words = (administrators: AdministratorList['administrators']) =>
  JSON.stringify(administratorsModal({ administrators, page: 0, pages: 1 }));

describe('administrators', () => {
  const list: fc.Arbitrary<AdministratorList> = fc.record({
    administrators: fc.array(
      fc.record({
        userId: fc.constant('U1'),
        name,
        bySlackRole: fc.boolean(),
        made: fc.option(fc.constant(made), { nil: undefined }),
      }),
      { maxLength: 20 },
    ),
    page: fc.integer({ min: 0, max: 249 }),
    pages: fc.constant(250),
  });

  it('are listed validly, however many and whatever they are called', () => {
    fc.assert(
      fc.property(list, userIds(500), (data, more) => {
        const ids = ['U', ...more];
        expectModal(administratorsModal(data));
        expectModal(administratorsModal(data, madeText({ made: ids, already: ids })));
      }),
    );
  });

  it('can be removed where they were made by hand only', () => {
    const one = { userId: 'U1', name: 'Ana', bySlackRole: true, made: undefined };
    expect(words([one])).not.toContain('Remove');
    expect(words([{ ...one, made }])).toContain('Remove');
  });

  it('are read as picked', () => {
    const modal = administratorsModal({ administrators: [], page: 0, pages: 1 });
    const typed = { administrators: { administrators: picked('U1', 'U9') } };
    expect(readAdministrators(submit(modal, typed))).toEqual(['U1', 'U9']);
  });
});

describe('the steps of setting up', () => {
  it('are valid in every state, with one button to press next', () => {
    const flags = fc.record({
      helpChannel: fc.boolean(),
      expertise: fc.boolean(),
      agent: fc.boolean(),
      supportChannel: fc.boolean(),
    });
    fc.assert(
      fc.property(flags, (setup) => {
        const blocks = setupBlocks(setup);
        expect(validateView(JSON.parse(JSON.stringify({ type: 'home', blocks })), 'home')).toEqual([]);
        const left = Object.values(setup).filter((done) => !done).length;
        const text = JSON.stringify(blocks);
        expect(text.match(/"type":"button"/g) ?? []).toHaveLength(left);
        expect(text.match(/"style":"primary"/g) ?? []).toHaveLength(left === 0 ? 0 : 1);
      }),
    );
  });
});
