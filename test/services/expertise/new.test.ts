import { beforeEach, expect, it } from '@jest/globals';
import { newExpertise } from '../../../src/services/expertise/new.ts';
import { findAgent } from '../../../src/store/agents.ts';
import { listDesksOf } from '../../../src/store/desks.ts';
import { listExpertise } from '../../../src/store/expertise.ts';
import { listHolders } from '../../../src/store/holders.ts';
import {
  makeAdministrator,
  makeAgent,
  makeDesk,
  makePerson,
  makeWorkspace,
  person,
  type TestDeps,
} from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const root = { workspaceId: 'T1', userId: 'UROOT' };

describeOnBoth('a new expertise', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db);
    await makeAdministrator(deps.db, 'UROOT');
  });

  const add = (name: string, operators: string[] = [], description = '') =>
    newExpertise(deps, root, { name, description, operators });

  it('is there with everybody who was picked, in one go', async () => {
    const desk = await makeDesk(deps.db, 'Billing desk');
    await makeAgent(deps.db, 'UANA', { desks: [desk], takes: 'any' });
    deps.slack.facts.people.set('UBEN', person('UBEN'));
    const { id, name } = await add('  Billing   and refunds ', ['UANA', 'UBEN'], ' Money ');
    expect(name).toBe('Billing and refunds');
    expect((await listHolders(deps.db, 'T1', id, 9)).map(({ userId }) => userId)).toEqual(['UANA', 'UBEN']);
  });

  it('puts people who are on no desk on the default desk, for what wants their expertise only', async () => {
    const desk = await makeDesk(deps.db, 'Billing desk');
    await makeAgent(deps.db, 'UANA', { desks: [desk] });
    await makePerson(deps.db, 'UBEN');
    await makeAgent(deps.db, 'ULEFT', { takes: 'any' });
    await add('Billing', ['UANA', 'UBEN', 'ULEFT']);
    const deskNames = async (userId: string) => (await listDesksOf(deps.db, 'T1', userId)).map(({ name }) => name);
    expect(await deskNames('UBEN')).toEqual(['Support']);
    expect(await deskNames('ULEFT')).toEqual(['Support']);
    expect(await deskNames('UANA')).toEqual(['Billing desk']);
    expect((await findAgent(deps.db, 'T1', 'UBEN'))?.takes).toBe('mine');
    expect((await findAgent(deps.db, 'T1', 'ULEFT'))?.takes).toBe('mine');
    expect((await findAgent(deps.db, 'T1', 'UANA'))?.takes).toBe('any');
  });

  it('tells everybody what is new to them, but nobody what they did themselves', async () => {
    await makeAgent(deps.db, 'UANA', { desks: [await makeDesk(deps.db)] });
    await makePerson(deps.db, 'UBEN');
    const { id } = await add('Billing', ['UANA', 'UBEN', 'UROOT']);
    expect(await noticesOf(deps.db)).toEqual([
      { kind: 'person.welcomed', userId: 'UANA', expertiseIds: [id], deskIds: [] },
      { kind: 'person.welcomed', userId: 'UBEN', expertiseIds: [id], deskIds: ['support'] },
    ]);
  });

  it.each([
    ['an empty name', '  ', 'name', /needs a name/],
    ['a name of 61 characters', 'x'.repeat(61), 'name', /up to 60/],
    ['a name that is taken, in other letters', ' bIlLiNg', 'name', /an expertise “Billing” already/],
  ])('refuses %s at its field', async (_what, name, field, message) => {
    await add('Billing');
    await expect(add(name)).rejects.toMatchObject({ field, message: expect.stringMatching(message) });
    expect(await listExpertise(deps.db, 'T1')).toHaveLength(1);
  });

  it('refuses people who cannot be agents by name, and does nothing by halves', async () => {
    await makePerson(deps.db, 'UANA');
    await makePerson(deps.db, 'UGUS', { isGuest: true });
    await makePerson(deps.db, 'UBOT', { isBot: true });
    await makePerson(deps.db, 'UOLD', { isDeactivated: true });
    await makePerson(deps.db, 'UOUT', { isOutsider: true, name: '<!here>' });
    const adding = add('Billing', ['UANA', 'UGUS', 'UBOT', 'UOLD', 'UOUT', 'UNOBODY']);
    await expect(adding).rejects.toMatchObject({
      field: 'operators',
      message: expect.stringContaining(
        'Gus (a guest), Bot (a bot), Old (deactivated), ‹!here› (from another organization) and somebody Slack told Beckon nothing about',
      ),
    });
    expect(await listExpertise(deps.db, 'T1')).toEqual([]);
    expect(await findAgent(deps.db, 'T1', 'UANA')).toBeUndefined();
    expect(await noticesOf(deps.db)).toEqual([]);
  });

  it('decides by what Slack says now of somebody it last told of more than a day ago', async () => {
    await makePerson(deps.db, 'UANA');
    deps.clock.advance({ hours: 25 });
    await makeAdministrator(deps.db, 'UROOT');
    deps.slack.facts.people.set('UANA', person('UANA', { isGuest: true }));
    await expect(add('Billing', ['UANA'])).rejects.toMatchObject({ message: expect.stringContaining('Ana (a guest)') });
  });

  it('is for administrators, and a refusal says who can help', async () => {
    await makePerson(deps.db, 'UANA');
    const adding = newExpertise(
      deps,
      { workspaceId: 'T1', userId: 'UANA' },
      { name: 'X', description: '', operators: [] },
    );
    await expect(adding).rejects.toMatchObject({
      code: 'not_allowed',
      message: expect.stringContaining('Root can help'),
    });
  });

  it('is made once when two people add it at the same moment', async () => {
    const results = await Promise.allSettled([add('Billing'), add('billing'), add('BILLING')]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await listExpertise(deps.db, 'T1')).toHaveLength(1);
  });

  it('makes one default desk when several need it at the same moment', async () => {
    await makePerson(deps.db, 'UANA');
    await makePerson(deps.db, 'UBEN');
    await Promise.all([add('Billing', ['UANA']), add('Shipping', ['UBEN']), add('Law', ['UANA', 'UBEN'])]);
    expect(await deps.db('desks').select('name')).toEqual([{ name: 'Support' }]);
  });
});
