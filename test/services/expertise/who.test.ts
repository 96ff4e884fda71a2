import { beforeEach, expect, it } from '@jest/globals';
import { whoKnows } from '../../../src/services/expertise/who.ts';
import { makeCrowd } from '../../support/crowd.ts';
import { makeAgent, makeDesk, makeExpertise, makePerson, makeWorkspace, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';

const actor = { workspaceId: 'T1', userId: 'UME' };

describeOnBoth('who knows several things', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db);
    await makePerson(deps.db, 'UME');
    for (const name of ['Billing', 'Refunds', 'Law']) await makeExpertise(deps.db, name);
    await makeAgent(deps.db, 'UANA', { expertise: ['billing'] });
    await makeAgent(deps.db, 'UBEN', { expertise: ['billing', 'refunds'] });
    await makeAgent(deps.db, 'UGONE', { expertise: ['billing', 'refunds'], person: { isDeactivated: true } });
  });

  it('lists who has most of it first, and what nobody has', async () => {
    expect(await whoKnows(deps, actor, ' "refunds", bill,, LAW , billing')).toMatchObject({
      asked: [{ id: 'refunds' }, { id: 'billing' }, { id: 'law' }],
      holders: [
        { userId: 'UBEN', has: ['Refunds', 'Billing'] },
        { userId: 'UANA', has: ['Billing'] },
      ],
      count: 2,
      unknown: ['Law'],
    });
  });

  it('is about one where the names are the same or there is one only', async () => {
    expect(await whoKnows(deps, actor, 'billing, Billing')).toMatchObject({ expertise: { id: 'billing' }, count: 2 });
    expect(await whoKnows(deps, actor, 'billing,')).toMatchObject({ expertise: { id: 'billing' } });
  });

  it('ranks for agents who would get a conversation now, for the language that stands behind the names too', async () => {
    await makeDesk(deps.db, 'Support');
    await makeAgent(deps.db, 'UDEN', { desks: ['support'], expertise: ['billing'], languages: ['fr'] });
    await makeAgent(deps.db, 'UEVA', { desks: ['support'], expertise: ['billing', 'refunds'] });
    const eva = { ...actor, userId: 'UEVA' };
    const both = await whoKnows(deps, eva, 'Billing, Refunds');
    expect(both.wouldGet).toMatchObject({
      deskName: 'Support',
      language: '',
      ranked: [{ userId: 'UEVA', covers: ['billing', 'refunds'] }, { userId: 'UDEN' }],
    });
    const french = await whoKnows(deps, eva, 'Billing in French');
    expect(french).toMatchObject({ expertise: { id: 'billing' }, wouldGet: { language: 'fr' } });
    expect(french.wouldGet?.ranked.map(({ userId }) => userId)).toEqual(['UDEN', 'UEVA']);
    expect((await whoKnows(deps, eva, 'Billing')).wouldGet).toBeUndefined();
    expect((await whoKnows(deps, actor, 'Billing, Refunds')).wouldGet).toBeUndefined();
  });

  it('takes a language for an expertise where one is called so', async () => {
    await makeExpertise(deps.db, 'French');
    expect(await whoKnows(deps, actor, 'Billing, French')).toMatchObject({
      asked: [{ id: 'billing' }, { id: 'french' }],
    });
    expect(await whoKnows(deps, actor, 'fr')).toMatchObject({ expertise: { id: 'french' } });
  });

  it('understands a name that has a comma itself', async () => {
    await makeExpertise(deps.db, 'Billing, Refunds', { id: 'both' });
    expect(await whoKnows(deps, actor, 'billing, refunds')).toMatchObject({ expertise: { id: 'both' } });
  });

  it('answers what it knows and names what it does not, with the closest or the several it could be', async () => {
    await makeExpertise(deps.db, 'Legal');
    expect(await whoKnows(deps, actor, 'Billing, Refnds, Nothing at all, L')).toMatchObject({
      expertise: { id: 'billing' },
      count: 2,
      unmatched: [
        'There is no expertise “Refnds”. Did you mean “Refunds”?',
        'There is no expertise “Nothing at all”.',
        '“L” could be “Law” or “Legal”. Please type a little more.',
      ],
    });
    expect(await whoKnows(deps, actor, 'Billing, Refunds, Nothing')).toMatchObject({
      asked: [{ id: 'billing' }, { id: 'refunds' }],
      unmatched: ['There is no expertise “Nothing”.'],
    });
  });

  it.each([
    ['Nothing, Nobody', 'not_found'],
    [' , ', 'invalid'],
    ['', 'invalid'],
    [Array.from({ length: 21 }, () => 'Billing').join(','), 'invalid'],
  ])('refuses “%s”', async (typed, code) => {
    await expect(whoKnows(deps, actor, typed)).rejects.toMatchObject({ code });
  });

  it('counts five thousand and lists twenty', async () => {
    await makeCrowd(deps.db, 5000, 'law');
    const known = await whoKnows(deps, actor, 'law, refunds');
    expect(known).toMatchObject({ count: 5001 });
    expect(known.holders).toHaveLength(20);
  });
});
