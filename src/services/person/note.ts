/** What Slack's events say of people Beckon knows. */
import { isFullMember, type Person } from '../../domain/person.ts';
import { findPerson, saveDnd, savePeople } from '../../store/people.ts';
import type { Deps, Dnd } from '../deps.ts';
import { wakeRequests } from '../help/wake.ts';
import { leaveEverything } from './leave-everything.ts';

/**
 * Keeps the mirror true. Somebody Beckon has never met is not mirrored: there is no full sync. Who is no longer a full member is out of
 * everything.
 */
export async function notePerson(deps: Deps, workspaceId: string, person: Person): Promise<void> {
  const { userId } = person;
  if ((await findPerson(deps.db, workspaceId, userId)) === undefined) return;
  await savePeople(deps.db, workspaceId, [person], deps.now());
  if (isFullMember(person)) return wakeRequests(deps.db, deps, workspaceId, userId);
  await leaveEverything(deps, workspaceId, userId, person.isDeactivated ? 'deactivated' : 'guest');
}

/** Somebody changed their do-not-disturb settings. */
export async function noteDnd(deps: Deps, workspaceId: string, userId: string, dnd: Dnd): Promise<void> {
  await saveDnd(deps.db, workspaceId, userId, dnd, deps.now());
  await wakeRequests(deps.db, deps, workspaceId, userId);
}
