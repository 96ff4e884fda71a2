/** What Slack's events say of people Beckon knows. */
import type { Person } from '../../domain/person.ts';
import { findPerson, saveDnd, savePeople } from '../../store/people.ts';
import type { Deps, Dnd } from '../deps.ts';

/** Keeps the mirror true. Somebody Beckon has never met is not mirrored: there is no full sync. */
export async function notePerson({ db, now }: Deps, workspaceId: string, person: Person): Promise<void> {
  if (await findPerson(db, workspaceId, person.userId)) await savePeople(db, workspaceId, [person], now());
}

/** Somebody changed their do-not-disturb settings. */
export const noteDnd = ({ db, now }: Deps, workspaceId: string, userId: string, dnd: Dnd): Promise<void> =>
  saveDnd(db, workspaceId, userId, dnd, now());
