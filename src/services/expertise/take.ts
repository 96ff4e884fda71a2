/** An administrator takes an expertise from people, whatever form or command it is done with. */
import type { Notice } from '../../domain/notice.ts';
import type { Trx } from '../../store/db.ts';
import { listExpertiseByIds, listExpertiseOf, takeExpertise } from '../../store/expertise.ts';
import { announceGathered } from '../../store/gathered.ts';
import type { Actor, Deps } from '../deps.ts';

type Taken = Extract<Notice, { kind: 'expertise.taken' }>;

/** Somebody who tidies up takes several in a row, and gives some back. */
const GATHERED_MS = 2 * 60_000;

const joined = (waiting: Taken, { expertiseIds }: Taken): Taken => ({
  ...waiting,
  expertiseIds: [...new Set([...waiting.expertiseIds, ...expertiseIds])],
});

/**
 * Those who had it are told after two minutes, once for all that was taken by then; nobody is told what they did themselves.
 *
 * @returns those who had it
 */
export async function takeFrom(
  trx: Trx,
  { now, newId }: Deps,
  actor: Actor,
  { expertiseId, userIds }: { expertiseId: string; userIds: readonly string[] },
): Promise<string[]> {
  const taken = (await takeExpertise(trx, actor.workspaceId, [expertiseId], userIds)).map(({ userId }) => userId);
  const told = taken
    .filter((userId) => userId !== actor.userId)
    .map((userId): Taken => ({ kind: 'expertise.taken', userId, expertiseIds: [expertiseId] }));
  const dueAt = new Date(now().getTime() + GATHERED_MS);
  await announceGathered(trx, actor.workspaceId, told, { now: now(), newId, dueAt, joined });
  return taken;
}

/** Names of what was taken and has neither been given back nor deleted meanwhile. */
export async function stillTaken(
  { db }: Deps,
  workspaceId: string,
  { userId, expertiseIds }: Taken,
): Promise<string[]> {
  const has = new Set((await listExpertiseOf(db, workspaceId, userId)).map(({ id }) => id));
  const all = await listExpertiseByIds(db, workspaceId, expertiseIds);
  return all.filter(({ id }) => !has.has(id)).map(({ name }) => name);
}
