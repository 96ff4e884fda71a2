/** Somebody who is given expertise must be an agent for it to have an effect. */
import { insertAgents, updateAgents } from '../../store/agents.ts';
import type { Trx } from '../../store/db.ts';
import { listOnDesk, putOnDesks } from '../../store/desk-agents.ts';
import { announce } from '../../store/outbox.ts';
import type { Actor, Deps } from '../deps.ts';
import { ensureDefaultDesk } from '../desk/default.ts';

/** What is new to a person. */
export type News = { readonly expertiseIds: readonly string[]; readonly deskIds: readonly string[] };

/**
 * Puts those who are on no desk on the default desk, taking only conversations that want their expertise.
 *
 * @returns who was put where
 */
export async function enlist(
  trx: Trx,
  deps: Deps,
  workspaceId: string,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const onDesk = await listOnDesk(trx, workspaceId, userIds);
  const onNone = userIds.filter((userId) => !onDesk.has(userId));
  if (onNone.length === 0) return new Map();
  const desk = await ensureDefaultDesk(trx, deps, workspaceId);
  const made = new Set(await insertAgents(trx, workspaceId, onNone, 'mine'));
  await updateAgents(
    trx,
    workspaceId,
    onNone.filter((userId) => !made.has(userId)),
    { takes: 'mine' },
  );
  await putOnDesks(trx, workspaceId, [desk.id], onNone);
  return new Map(onNone.map((userId) => [userId, desk.id]));
}

/** Tells each person what is new to them; nobody is told what they did themselves. */
export async function welcome(
  trx: Trx,
  { now, newId }: Deps,
  actor: Actor,
  news: ReadonlyMap<string, News>,
): Promise<void> {
  const notices = [...news]
    .filter(
      ([userId, { expertiseIds, deskIds }]) => userId !== actor.userId && expertiseIds.length + deskIds.length > 0,
    )
    .map(([userId, what]) => ({ kind: 'person.welcomed' as const, userId, ...what }));
  await announce(trx, actor.workspaceId, notices, { now: now(), newId });
}
