/** What Slack's events say of people Beckon knows. */
import { isCustomer, isFullMember, type Person } from '../../domain/person.ts';
import { transaction } from '../../store/db.ts';
import { findPerson, savePeople } from '../../store/people.ts';
import { dropHelpChannelsWith } from '../desk/drop-help-channel.ts';
import type { Deps, Dnd } from '../deps.ts';
import { wakeRequests } from '../help/wake.ts';
import { leaveEverything } from './leave-everything.ts';
import { saveSignals } from './signals.ts';
import { withdrawMessages } from './withdraw.ts';

/**
 * Keeps the mirror true. Somebody Beckon has never met is not mirrored: there is no full sync. Who is no longer a full member is out of
 * everything, what they read as a guest is no help channel any more, and what Beckon wrote to them is withdrawn.
 *
 * @throws Refusal `unavailable` when Slack does not say who reads a help channel: to be tried again
 */
export async function notePerson(deps: Deps, workspaceId: string, person: Person): Promise<void> {
  const { userId } = person;
  const was = await findPerson(deps.db, workspaceId, userId);
  if (was === undefined) return;
  const isCustomerNow = isFullMember(was) && isCustomer(person);
  // Before anything else: what is announced from here on must not be posted where a guest reads.
  if (isCustomerNow) await dropHelpChannelsWith(deps, workspaceId, userId);
  await transaction(deps.db, async (trx) => {
    await savePeople(trx, workspaceId, [person], deps.now());
    if (isCustomer(person) && !isCustomer(was)) await withdrawMessages(trx, deps, workspaceId, userId);
  });
  if (isFullMember(person)) return wakeRequests(deps.db, deps, workspaceId, userId);
  await leaveEverything(deps, workspaceId, userId, person.isDeactivated ? 'deactivated' : 'guest');
}

/**
 * The same for somebody of whom Slack said so by the way, because its event was missed. Does nothing where they are a full member again.
 *
 * @throws Refusal `unavailable` when Slack does not say who reads a help channel: to be tried again
 */
export async function noteGone(deps: Deps, workspaceId: string, userId: string): Promise<void> {
  const person = await findPerson(deps.db, workspaceId, userId);
  if (person === undefined || isFullMember(person)) return;
  if (isCustomer(person)) await dropHelpChannelsWith(deps, workspaceId, userId);
  await leaveEverything(deps, workspaceId, userId, person.isDeactivated ? 'deactivated' : 'guest');
}

/** Somebody changed their do-not-disturb settings. */
export async function noteDnd(deps: Deps, workspaceId: string, userId: string, dnd: Dnd): Promise<void> {
  await saveSignals(deps, workspaceId, { dnd: new Map([[userId, dnd]]) });
  await wakeRequests(deps.db, deps, workspaceId, userId);
}
