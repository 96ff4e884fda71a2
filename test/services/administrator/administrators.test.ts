import { beforeEach, expect, it } from '@jest/globals';
import { administratorList } from '../../../src/services/administrator/list.ts';
import { makeAdministrators } from '../../../src/services/administrator/make.ts';
import { removeAdministrator } from '../../../src/services/administrator/remove.ts';
import { isStillAdministrator } from '../../../src/services/administrator/welcome.ts';
import { newExpertise } from '../../../src/services/expertise/new.ts';
import { listAdministratorNames, listAdministrators } from '../../../src/store/callers.ts';
import { savePeople } from '../../../src/store/people.ts';
import { makeAdministrator, makePerson, makeWorkspace, person, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const as = (userId: string, workspaceId = 'T1') => ({ workspaceId, userId });
const root = as('UROOT');

describeOnBoth('administrators', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db);
    await makeAdministrator(deps.db, 'UROOT');
    await makePerson(deps.db, 'UANA');
  });

  const add = (userId: string, name = 'Law') =>
    newExpertise(deps, as(userId), { name, description: '', operators: [] });

  it('can do what administrators can from the moment they are made one, and are told once', async () => {
    await expect(add('UANA')).rejects.toMatchObject({ code: 'not_allowed' });
    expect(await makeAdministrators(deps, root, ['UANA'])).toEqual({ made: ['UANA'], already: [] });
    expect(await makeAdministrators(deps, root, ['UANA', 'UROOT'])).toEqual({ made: [], already: ['UANA', 'UROOT'] });
    expect(await noticesOf(deps.db)).toEqual([{ kind: 'administrator.made', userId: 'UANA', madeBy: 'UROOT' }]);
    expect((await add('UANA')).name).toBe('Law');
    expect(await listAdministrators(deps.db, 'T1')).toEqual(['UANA', 'UROOT']);
  });

  it('are listed with why they are one', async () => {
    await makeAdministrators(deps, root, ['UANA']);
    expect(await administratorList(deps, as('UANA'))).toEqual({
      administrators: [
        { userId: 'UANA', name: 'Ana', bySlackRole: false, made: { by: 'UROOT', at: deps.now().toISOString() } },
        { userId: 'UROOT', name: 'Root', bySlackRole: true, made: undefined },
      ],
      page: 0,
      pages: 1,
    });
  });

  it('are removed by one another and by themselves; those by Slack role stay', async () => {
    await makeAdministrators(deps, root, ['UANA']);
    expect(await removeAdministrator(deps, as('UANA'), 'UROOT')).toBe(false);
    expect(await removeAdministrator(deps, as('UANA'), 'UANA')).toBe(true);
    expect(await isStillAdministrator(deps, 'T1', 'UANA')).toBe(false);
    await expect(removeAdministrator(deps, as('UANA'), 'UROOT')).rejects.toMatchObject({ code: 'not_allowed' });
    expect(await removeAdministrator(deps, root, 'UANA')).toBe(false);
    expect(await listAdministrators(deps.db, 'T1')).toEqual(['UROOT']);
  });

  it('must be full members, others are refused by name and nobody is made one', async () => {
    await makePerson(deps.db, 'UGUS', { isGuest: true });
    await makePerson(deps.db, 'UBOT', { isBot: true });
    const making = makeAdministrators(deps, root, ['UANA', 'UGUS', 'UBOT', 'UNOBODY']);
    await expect(making).rejects.toMatchObject({
      field: 'administrators',
      message: expect.stringMatching(/can be administrators\..*Gus \(a guest\).*Bot \(a bot\).*nothing about/),
    });
    await expect(makeAdministrators(deps, root, [])).rejects.toMatchObject({ field: 'administrators' });
    expect(await listAdministrators(deps.db, 'T1')).toEqual(['UROOT']);
  });

  it.each([{ isGuest: true }, { isDeactivated: true }, { isOutsider: true }])(
    'are none any more when they become %j, whatever was said before',
    async (fact) => {
      await makeAdministrators(deps, root, ['UANA']);
      await savePeople(
        deps.db,
        'T1',
        [person('UANA', fact), person('UROOT', { ...fact, isSlackAdmin: true })],
        deps.now(),
      );
      expect(await listAdministrators(deps.db, 'T1')).toEqual([]);
      expect(await isStillAdministrator(deps, 'T1', 'UANA')).toBe(false);
      await expect(add('UANA')).rejects.toMatchObject({ code: 'not_allowed' });
    },
  );

  it('of one workspace are nothing in another with equal ids', async () => {
    await makeWorkspace(deps.db, 'T2');
    await makePerson(deps.db, 'UANA', { workspaceId: 'T2' });
    await makeAdministrators(deps, root, ['UANA']);
    expect(await listAdministrators(deps.db, 'T2')).toEqual([]);
    await expect(administratorList(deps, as('UANA', 'T2'))).rejects.toMatchObject({ code: 'not_allowed' });
  });

  it('are shown twenty a page, and the last page where there are fewer by now', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `UX${String(index).padStart(2, '0')}`);
    for (const userId of many) await makePerson(deps.db, userId);
    await makeAdministrators(deps, root, many);
    const last = await administratorList(deps, root, 7);
    expect({ ...last, administrators: last.administrators.length }).toEqual({ page: 2, pages: 3, administrators: 1 });
  });

  it('are named in a refusal so that no name is markup', async () => {
    await savePeople(deps.db, 'T1', [person('UROOT', { name: '<!here>', isSlackAdmin: true })], deps.now());
    await makePerson(deps.db, 'UBEN');
    expect(await listAdministratorNames(deps.db, 'T1', 3)).toEqual(['<!here>']);
    await expect(add('UBEN')).rejects.toMatchObject({ message: expect.stringContaining('‹!here› can help.') });
  });
});
