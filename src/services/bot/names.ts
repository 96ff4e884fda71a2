/** Agents as bots name them: by Slack user id, and the name customers read. */
import { liveChatNameOf } from '../../domain/agent.ts';
import { listAgents } from '../../store/agents.ts';
import type { Handle } from '../../store/db.ts';
import { listPeople } from '../../store/people.ts';

export type NamedAgent = { readonly id: string; readonly name: string };

/** Whoever these are, by user id; one Beckon has never met has a name all the same. */
export async function agentsNamed(
  db: Handle,
  workspaceId: string,
  userIds: readonly string[],
): Promise<(userId: string) => NamedAgent> {
  const people = await listPeople(db, workspaceId, userIds);
  const agents = await listAgents(db, workspaceId, userIds);
  return (id) => ({ id, name: liveChatNameOf(agents.get(id), people.get(id)?.name ?? 'A colleague') });
}
