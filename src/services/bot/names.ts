/** Agents as bots name them: by Slack user id, and the name customers read. */
import { liveChatNameOf } from '../../domain/agent.ts';
import { listAgentNames } from '../../store/agents.ts';
import type { Handle } from '../../store/db.ts';

export type NamedAgent = { readonly id: string; readonly name: string };

/** Whoever these are, by user id; one Beckon has never met has a name all the same. */
export async function agentsNamed(
  db: Handle,
  workspaceId: string,
  userIds: readonly string[],
): Promise<(userId: string) => NamedAgent> {
  const names = await listAgentNames(db, workspaceId, userIds);
  return (id) => ({ id, name: liveChatNameOf(names.get(id), names.get(id)?.name ?? 'A colleague') });
}
