import { randomBytes } from 'node:crypto';
import { beforeEach, expect, it } from '@jest/globals';
import { authenticate } from '../../../src/services/token/authenticate.ts';
import { editToken } from '../../../src/services/token/edit.ts';
import { tokenList, tokenMeant } from '../../../src/services/token/list.ts';
import { makeToken } from '../../../src/services/token/make.ts';
import { revokeToken } from '../../../src/services/token/revoke.ts';
import { makeAdministrator, makePerson, makeWorkspace, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';

const as = (userId: string, workspaceId = 'T1') => ({ workspaceId, userId });
const root = as('UROOT');
const newSecret = () => `beckon_${randomBytes(32).toString('base64url')}`;

describeOnBoth('tokens', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db);
    await makeWorkspace(deps.db, 'T2');
    await makeAdministrator(deps.db, 'UROOT');
    await makeAdministrator(deps.db, 'UELSE', { workspaceId: 'T2' });
    await makePerson(deps.db, 'UANA');
    await makePerson(deps.db, 'UHELPER', { isBot: true });
    await makePerson(deps.db, 'UBECKON', { isBot: true });
  });

  const make = (name = 'Website', { secret = newSecret(), speaksAs = '' } = {}) =>
    makeToken(deps, root, { name, speaksAs, secret });

  it('say which bot it is, and of which workspace', async () => {
    const secret = newSecret();
    const tokenId = await make(' Website  bot ', { secret, speaksAs: 'UHELPER' });
    expect(await authenticate(deps, 'T1', secret)).toEqual({
      workspaceId: 'T1',
      tokenId,
      name: 'Website bot',
      speaksAs: 'UHELPER',
    });
    expect(await authenticate(deps, 'T1', `${secret}x`)).toBeUndefined();
    expect(await authenticate(deps, 'T1', '')).toBeUndefined();
    expect(await authenticate(deps, 'T2', secret)).toBeUndefined();
  });

  it('are nowhere in the database in clear', async () => {
    const secret = newSecret();
    await make('Website', { secret });
    const everything = JSON.stringify(await deps.db('tokens').select('*'));
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(secret.slice('beckon_'.length, -4));
  });

  it('are listed with their end and last use, which is noted once a minute', async () => {
    const secret = newSecret();
    const id = await make('Website', { secret });
    const [made] = await tokenList(deps, root);
    expect(made).toMatchObject({ id, name: 'Website', hint: secret.slice(-4), madeBy: 'UROOT', usedAt: undefined });
    const used = deps.now().toISOString();
    await authenticate(deps, 'T1', secret);
    deps.clock.advance({ seconds: 59 });
    await authenticate(deps, 'T1', secret);
    expect((await tokenList(deps, root))[0]?.usedAt).toBe(used);
    deps.clock.advance({ seconds: 1 });
    await authenticate(deps, 'T1', secret);
    expect((await tokenList(deps, root))[0]?.usedAt).toBe(deps.now().toISOString());
  });

  it('open nothing once they are revoked, and their name is free again', async () => {
    const secret = newSecret();
    const id = await make('Website', { secret });
    expect(await revokeToken(deps, root, id)).toBe(true);
    expect(await revokeToken(deps, root, id)).toBe(false);
    expect(await authenticate(deps, 'T1', secret)).toBeUndefined();
    expect(await tokenList(deps, root)).toEqual([]);
    await expect(tokenMeant(deps, root, id)).rejects.toMatchObject({ code: 'gone' });
    await make('Website');
  });

  it('have a name that no other one has, without regard to case and spaces', async () => {
    const id = await make('Website');
    await expect(make('  WEBSITE ')).rejects.toMatchObject({ code: 'duplicate', field: 'name' });
    await expect(make('   ')).rejects.toMatchObject({ code: 'invalid', field: 'name' });
    await expect(make('x'.repeat(61))).rejects.toMatchObject({ code: 'invalid', field: 'name' });
    const other = await make('Phone');
    const rename = (to: string) =>
      editToken(deps, root, { tokenId: other, name: { from: 'Phone', to }, speaksAs: undefined });
    await expect(rename('website')).rejects.toMatchObject({ code: 'duplicate', field: 'name' });
    await rename('PHONE');
    await revokeToken(deps, root, id);
    await rename('website');
    expect((await tokenList(deps, root)).map(({ name }) => name)).toEqual(['website']);
  });

  it('speak as a bot, which is neither a person nor Beckon', async () => {
    for (const nobody of ['UANA', 'UBECKON']) {
      await expect(make('Website', { speaksAs: nobody })).rejects.toMatchObject({
        code: 'invalid',
        field: 'speaks_as',
      });
    }
    await expect(make('Website', { speaksAs: 'UNOBODY' })).rejects.toMatchObject({ code: 'unavailable' });
    const tokenId = await make();
    await editToken(deps, root, { tokenId, name: undefined, speaksAs: { from: '', to: 'UHELPER' } });
    expect(await tokenMeant(deps, root, tokenId)).toMatchObject({ name: 'Website', speaksAs: 'UHELPER' });
  });

  it('are for administrators, each of their own workspace', async () => {
    const id = await make();
    for (const stranger of [as('UANA'), as('UHELPER')]) {
      await expect(tokenList(deps, stranger)).rejects.toMatchObject({ code: 'not_allowed' });
      await expect(revokeToken(deps, stranger, id)).rejects.toMatchObject({ code: 'not_allowed' });
      const made = makeToken(deps, stranger, { name: 'Mine', speaksAs: '', secret: newSecret() });
      await expect(made).rejects.toMatchObject({ code: 'not_allowed' });
    }
    expect(await tokenList(deps, as('UELSE', 'T2'))).toEqual([]);
    expect(await revokeToken(deps, as('UELSE', 'T2'), id)).toBe(false);
    const rename = { tokenId: id, name: { from: 'Website', to: 'Theirs' }, speaksAs: undefined };
    await expect(editToken(deps, as('UELSE', 'T2'), rename)).rejects.toMatchObject({ code: 'gone' });
    expect((await tokenList(deps, root)).map(({ name }) => name)).toEqual(['Website']);
  });
});
