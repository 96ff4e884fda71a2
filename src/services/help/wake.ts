/** An expert may be back: requests that wait for one look again at once. */
import { unavailableBecause } from '../../domain/availability.ts';
import { findAgent } from '../../store/agents.ts';
import type { Handle } from '../../store/db.ts';
import { findPerson } from '../../store/people.ts';
import { setTimer } from '../../store/timers.ts';
import { listWaitingFor } from '../../store/unanswered-requests.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';

/**
 * Something about this person changed that others call them by: do not disturb, a pause, their status. Requests that wait for somebody
 * like them are due now; calling decides whether they are called. Presence changes without an event, so an old *away* does not keep
 * anybody from being looked at.
 */
export async function wakeRequests(
  db: Handle,
  { now }: Pick<Deps, 'now'>,
  workspaceId: string,
  userId: string,
): Promise<void> {
  const waiting = await listWaitingFor(db, workspaceId, userId);
  if (waiting.length === 0) return;
  const person = await findPerson(db, workspaceId, userId);
  const agent = await findAgent(db, workspaceId, userId);
  const workspace = await findWorkspace(db, workspaceId);
  if (person === undefined || agent === undefined) return;
  const why = unavailableBecause(person, agent, { awayEmoji: workspace?.awayEmoji ?? [], now: now() });
  if (why !== undefined && why !== 'away') return;
  for (const requestId of waiting) await setTimer(db, { workspaceId, kind: 'help.round', subjectId: requestId }, now());
}
