/** Somebody takes a break from calls and conversations, or ends it. */
import { pauseEnds, type Pause } from '../../domain/agent.ts';
import { insertAgents, updateAgents } from '../../store/agents.ts';
import { transaction } from '../../store/db.ts';
import type { Actor, Deps } from '../deps.ts';
import { wakeRequests } from '../help/wake.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireAgent } from '../rights.ts';

/**
 * @param date "2026-03-10", for a pause until a date
 * @throws Refusal `not_allowed` for somebody who is no agent; `invalid` on `pause_until`
 */
export async function pause(deps: Deps, actor: Actor, how: Exclude<Pause, 'keep'>, date = ''): Promise<void> {
  const { workspaceId, userId } = actor;
  await transaction(deps.db, async (trx) => {
    const { person } = await requireAgent(trx, actor);
    await insertAgents(trx, workspaceId, [userId]);
    const pausedUntil = pauseEnds(how, deps.now(), person.timeZone, date) ?? null;
    await updateAgents(trx, workspaceId, [userId], { pausedUntil });
    await wakeRequests(trx, deps, workspaceId, userId);
    await refreshHomes(trx, deps, workspaceId);
  });
}
