import { describe, expect, it } from '@jest/globals';
import { firstSeen, purgeTriggers } from '../../src/store/triggers.ts';
import { isFirst } from '../../src/services/once.ts';
import { makeDeps } from '../support/make.ts';
import { shared } from '../support/shared.ts';

describe.each(shared)('a click on $name', ({ open }) => {
  it('counts once, of however many at the same moment in however many processes', async () => {
    const database = await open();
    const pools = [database.db, database.another(), database.another()];
    const now = new Date('2026-03-02T09:00:00.000Z');
    const click = { workspaceId: 'T1', triggerId: '1.2.abc', now };
    const answers = await Promise.all([...pools, ...pools, ...pools].map((db) => firstSeen(db, click)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await firstSeen(database.db, { ...click, workspaceId: 'T2' })).toBe(true);
    expect(await firstSeen(database.db, { ...click, triggerId: '1.2.abd' })).toBe(true);
    await database.close();
  });

  it('counts once for a verb, until it is forgotten', async () => {
    const database = await open();
    const deps = makeDeps(database.db);
    const click = { workspaceId: 'T1', triggerId: 'x' };
    expect(await isFirst(deps, click)).toBe(true);
    deps.clock.advance({ hours: 1 });
    expect(await isFirst(deps, click)).toBe(false);
    await purgeTriggers(database.db, deps.now());
    expect(await isFirst(deps, click)).toBe(true);
    await database.close();
  });
});
