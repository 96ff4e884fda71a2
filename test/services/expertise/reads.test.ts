import { beforeEach, expect, it } from '@jest/globals';
import { assign, unassign } from '../../../src/services/expertise/assign.ts';
import { findExpertiseByText } from '../../../src/services/expertise/find.ts';
import { expertiseList } from '../../../src/services/expertise/list.ts';
import { expertiseCatalogue, expertiseOptions, suggestExpertise } from '../../../src/services/expertise/options.ts';
import { whatDoesKnow, whoKnows } from '../../../src/services/expertise/who.ts';
import {
  makeAdministrator,
  makeAgent,
  makeExpertise,
  makePerson,
  makeWorkspace,
  type TestDeps,
} from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const root = { workspaceId: 'T1', userId: 'UROOT' };
const ana = { workspaceId: 'T1', userId: 'UANA' };

describeOnBoth('expertise', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db);
    await makeAdministrator(deps.db, 'UROOT');
    await makePerson(deps.db, 'UANA');
    for (const name of ['Billing', 'Bills', 'Shipping']) await makeExpertise(deps.db, name);
  });

  it('is seen by every full member, and by nobody else', async () => {
    await makeAgent(deps.db, 'UBEN', { expertise: ['billing'] });
    await makePerson(deps.db, 'UGUS', { isGuest: true });
    const list = await expertiseList(deps, ana);
    expect(list.items.map(({ name, holders }) => [name, holders])).toEqual([
      ['Billing', 1],
      ['Bills', 0],
      ['Shipping', 0],
    ]);
    expect(list.mayEdit).toBe(false);
    expect((await expertiseList(deps, root)).mayEdit).toBe(true);
    const gus = { workspaceId: 'T1', userId: 'UGUS' };
    await expect(expertiseList(deps, gus)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(whoKnows(deps, gus, 'Billing')).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(expertiseOptions(deps, gus, '')).rejects.toMatchObject({ code: 'not_allowed' });
  });

  it('says who knows it and what somebody knows', async () => {
    await makeAgent(deps.db, 'UBEN', { expertise: ['billing', 'shipping'] });
    await makePerson(deps.db, 'UGUS', { isGuest: true });
    expect(await whoKnows(deps, ana, '“billing”')).toMatchObject({ holders: [{ userId: 'UBEN' }], count: 1 });
    expect((await whatDoesKnow(deps, ana, 'UBEN')).expertise.map(({ name }) => name)).toEqual(['Billing', 'Shipping']);
    expect(await whatDoesKnow(deps, ana, 'UGUS')).toMatchObject({ expertise: [], mayHave: false });
    expect(await whatDoesKnow(deps, ana, 'UNOBODY')).toMatchObject({ expertise: [], mayHave: false });
  });

  it('counts all who know it where very many do', async () => {
    for (let index = 0; index < 101; index += 1) await makeAgent(deps.db, `UX${index}`, { expertise: ['bills'] });
    const { holders, count } = await whoKnows(deps, ana, 'bills');
    expect([holders.length, count]).toEqual([100, 101]);
  });

  it.each([
    ['ship', 'Shipping'],
    ['BILLS', 'Bills'],
    ['billin', 'Billing'],
  ])('%j means %s', async (typed, name) => {
    expect((await findExpertiseByText(deps.db, 'T1', typed)).name).toBe(name);
  });

  it.each([
    ['bil', /“bil” could be “Billing” or “Bills”/],
    ['shiping', /no expertise “shiping”. Did you mean “Shipping”\?/],
    ['<!here>', /no expertise “‹!here›”\. `/],
    ['  ', /Say which expertise/],
  ])('%j is answered with what it could be', async (typed, message) => {
    await expect(findExpertiseByText(deps.db, 'T1', typed)).rejects.toThrow(message);
  });

  it('is given and taken by command, and says for whom that changed something', async () => {
    await makeAgent(deps.db, 'UBEN', { expertise: ['billing'] });
    const given = await assign(deps, root, { userIds: ['UANA', 'UBEN'], name: 'billing' });
    expect(given).toMatchObject({ changed: ['UANA'], unchanged: ['UBEN'] });
    expect(await noticesOf(deps.db)).toContainEqual(
      expect.objectContaining({ kind: 'person.welcomed', userId: 'UANA', expertiseIds: ['billing'] }),
    );
    const taken = await unassign(deps, root, { userIds: ['UANA', 'UROOT'], name: 'billing' });
    expect(taken).toMatchObject({ changed: ['UANA'], unchanged: ['UROOT'] });
  });

  it('is not given without people, to unfit people, or by others than administrators', async () => {
    await makePerson(deps.db, 'UGUS', { isGuest: true });
    await expect(assign(deps, root, { userIds: [], name: 'billing' })).rejects.toThrow(/Say who/);
    await expect(assign(deps, root, { userIds: ['UANA', 'UGUS'], name: 'billing' })).rejects.toThrow(/Gus \(a guest\)/);
    await expect(assign(deps, ana, { userIds: ['UANA'], name: 'billing' })).rejects.toMatchObject({
      code: 'not_allowed',
    });
    await expect(unassign(deps, ana, { userIds: ['UANA'], name: 'billing' })).rejects.toMatchObject({
      code: 'not_allowed',
    });
    expect((await whatDoesKnow(deps, root, 'UANA')).expertise).toEqual([]);
  });

  it('is suggested by what its name contains, names that begin so first', async () => {
    await makeExpertise(deps.db, 'Air shipping');
    const names = async (query: string, limit?: number) =>
      (await suggestExpertise(deps.db, 'T1', query, limit)).map(({ name }) => name);
    expect(await names('SHIP')).toEqual(['Shipping', 'Air shipping']);
    expect(await names('')).toHaveLength(4);
    expect(await names('', 2)).toHaveLength(2);
    expect(await names('%')).toEqual([]);
  });

  it('is offered as a list up to a hundred and as a search above', async () => {
    expect(await expertiseCatalogue(deps.db, 'T1')).toMatchObject({ kind: 'all' });
    for (let index = 0; index < 98; index += 1) await makeExpertise(deps.db, `Topic ${index}`);
    expect(await expertiseCatalogue(deps.db, 'T1')).toEqual({ kind: 'search' });
    expect(await suggestExpertise(deps.db, 'T1', '')).toHaveLength(100);
  });
});
