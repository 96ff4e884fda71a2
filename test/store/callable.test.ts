import { beforeEach, expect, it } from '@jest/globals';
import { updateAgents } from '../../src/store/agents.ts';
import { countMatches, hasMatchLeft, listCallable } from '../../src/store/callable.ts';
import type { Db } from '../../src/store/db.ts';
import { makeAgent, makeDesk, makeExpertise, makePerson, makeWorkspace } from '../support/make.ts';
import { describeOnBoth } from '../support/on-both.ts';

const NOW = new Date('2026-03-02T09:00:00.000Z');

const query = (wanted: string[], limit: number, deskId = 'support') => {
  const asked = { conversationId: 'c', requestId: 'r', deskId, wanted, except: [], now: NOW };
  return { workspaceId: 'T1', ...asked, limit };
};

describeOnBoth('who may be called,', (on) => {
  let db: Db;
  beforeEach(async () => {
    ({ db } = on());
    await makeWorkspace(db);
    await makeDesk(db);
    await makeDesk(db, 'Billing');
    await makeExpertise(db, 'Tax');
    await makeExpertise(db, 'Fees');
    for (let n = 0; n < 9; n += 1) await makeAgent(db, `U${n}`, { desks: ['support'], expertise: ['tax'] });
  });

  const callable = async (...asked: Parameters<typeof query>) =>
    (await listCallable(db, query(...asked))).map(({ person }) => person.userId);
  const pause = (userIds: string[]) => updateAgents(db, 'T1', userIds, { pausedUntil: '2099-01-01T00:00:00.000Z' });

  it('are those of the desk first, then those who have more of it, then by id', async () => {
    await makeAgent(db, 'U95', { desks: ['support'], expertise: ['tax', 'fees'] });
    await makeAgent(db, 'U96', { desks: ['billing'], expertise: ['tax', 'fees'] });
    expect(await callable(['tax', 'fees'], 3)).toEqual(['U95', 'U0', 'U1']);
    expect(await callable(['tax', 'fees'], 3, 'billing')).toEqual(['U96', 'U95', 'U0']);
    expect(await callable([], 2, 'billing')).toEqual(['U96']);
  });

  it('are found behind however many who cannot come', async () => {
    await pause(['U0', 'U1', 'U2', 'U3', 'U4', 'U5', 'U6']);
    for (const wanted of [['tax'], []]) expect(await callable(wanted, 2)).toEqual(['U7', 'U8']);
    await pause(['U7']);
    for (const wanted of [['tax'], []]) expect(await callable(wanted, 1)).toEqual(['U8']);
  });

  it('are counted with those who cannot come, not with those who are gone or on no desk', async () => {
    await pause(['U0']);
    await makePerson(db, 'U1', { isDeactivated: true });
    await makeAgent(db, 'U97', { expertise: ['tax'] });
    expect(await countMatches(db, query(['tax'], 2))).toBe(8);
    expect(await countMatches(db, query([], 2))).toBe(8);
    expect(await countMatches(db, query(['fees'], 2))).toBe(0);
  });

  it('are left while anybody wants calls', async () => {
    expect(await hasMatchLeft(db, query(['tax'], 1))).toBe(true);
    const everybody = Array.from({ length: 9 }, (_, n) => `U${n}`);
    await updateAgents(db, 'T1', everybody, { calledBy: 'none' });
    expect(await hasMatchLeft(db, query(['tax'], 1))).toBe(false);
    expect(await callable(['tax'], 3)).toEqual([]);
  });
});
