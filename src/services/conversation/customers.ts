/** Who can be a customer of a conversation, chosen by hand (design, "customers"). */
import { byName } from '../../domain/expertise.ts';
import { nameKey } from '../../domain/name.ts';
import { isCustomer, isFullMember, type Person } from '../../domain/person.ts';
import { harmless } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import { listCustomers, type Conversation } from '../../store/conversations.ts';
import { putCustomers, removeCustomers, searchCustomers } from '../../store/customers.ts';
import type { Handle, Trx } from '../../store/db.ts';
import { listOnThisDesk } from '../../store/desk-agents.ts';
import { listPeople } from '../../store/people.ts';
import { listSeatedIn } from '../../store/seats.ts';
import type { SetChange } from '../../domain/change.ts';
import type { Actor, Deps } from '../deps.ts';
import { meet } from '../person/meet.ts';
import { requireAgent } from '../rights.ts';
import { openConversationById } from './find.ts';

export type CustomerChoice = {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly kind: 'guest' | 'outsider' | 'colleague';
};

/** Slack's limit of what a list may offer at once. */
const OFFERED_MAX = 100;
/** Of larger channels only those who are known already are offered. */
const MEMBERS_MET_MAX = 200;
/** A choice in a form need not be fresher. */
const MEMBERS_AGE_MINUTES = 5;

const choiceOf = ({ userId, name, realName, isOutsider, isGuest }: Person): CustomerChoice => ({
  id: userId,
  name,
  realName,
  kind: isOutsider ? 'outsider' : isGuest ? 'guest' : 'colleague',
});

/** Guests and outsiders; in a thread any person, for colleagues ask there too. */
const isFit = (person: Person, { threadTs }: Conversation): boolean =>
  isCustomer(person) || (threadTs !== '' && isFullMember(person));

/** Agents in it or on its desk are on the other side of it. */
async function agentsAmong(db: Handle, conversation: Conversation, userIds: readonly string[]) {
  const { workspaceId, deskId, id } = conversation;
  const seated = (await listSeatedIn(db, [id])).get(id) ?? [];
  const onDesk = await listOnThisDesk(db, workspaceId, deskId, userIds);
  return { seated: new Set(seated), onDesk };
}

async function peopleThere(deps: Deps, { workspaceId, channelId }: Conversation, key: string): Promise<Person[]> {
  const members = await deps.slack.members(workspaceId, channelId, { maxAgeMinutes: MEMBERS_AGE_MINUTES });
  if (members === 'unknown') return searchCustomers(deps.db, workspaceId, key, OFFERED_MAX);
  const people =
    members.length > MEMBERS_MET_MAX
      ? await listPeople(deps.db, workspaceId, members)
      : await meet(deps, workspaceId, members);
  return [...people.values()].filter(({ name, realName }) => nameKey(`${name} ${realName}`).includes(key));
}

/**
 * Whoever can be a customer of this conversation and has the typed text in their name, by name: people in its channel.
 *
 * @throws Refusal `not_allowed`, `not_found`, `gone`
 */
export async function customerOptions(
  deps: Deps,
  actor: Actor,
  { conversationId, typed }: { conversationId: string; typed: string },
): Promise<CustomerChoice[]> {
  await requireAgent(deps.db, actor);
  const conversation = await openConversationById(deps.db, actor.workspaceId, conversationId);
  const people = (await peopleThere(deps, conversation, nameKey(typed))).filter((person) =>
    isFit(person, conversation),
  );
  const ids = people.map(({ userId }) => userId);
  const { seated, onDesk } = await agentsAmong(deps.db, conversation, ids);
  return people
    .filter(({ userId }) => !seated.has(userId) && !onDesk.has(userId))
    .map(choiceOf)
    .sort(byName)
    .slice(0, OFFERED_MAX);
}

/** Customers it has, by name, with the typed text in it. @throws Refusal `not_allowed`, `not_found`, `gone` */
export async function currentCustomers(
  { db }: Deps,
  actor: Actor,
  { conversationId, typed }: { conversationId: string; typed: string },
): Promise<{ id: string; name: string }[]> {
  await requireAgent(db, actor);
  const { id, workspaceId } = await openConversationById(db, actor.workspaceId, conversationId);
  const userIds = (await listCustomers(db, [id])).get(id) ?? [];
  return [...(await listPeople(db, workspaceId, userIds)).values()]
    .map(({ userId, name }) => ({ id: userId, name }))
    .filter(({ name }) => nameKey(name).includes(nameKey(typed)))
    .sort(byName)
    .slice(0, OFFERED_MAX);
}

const refuse = (name: string, why: string): Refusal => new Refusal('invalid', `${harmless(name)} ${why}`, 'customers');

async function requireFit(trx: Trx, conversation: Conversation, userIds: readonly string[]): Promise<void> {
  const people = await listPeople(trx, conversation.workspaceId, userIds);
  const { seated, onDesk } = await agentsAmong(trx, conversation, userIds);
  for (const userId of userIds) {
    const person = people.get(userId);
    if (person === undefined) {
      throw new Refusal('unavailable', 'Slack did not say who that is just now. Please try again.', 'customers');
    }
    if (seated.has(userId)) throw refuse(person.name, 'is in this conversation as an agent.');
    if (onDesk.has(userId)) throw refuse(person.name, 'is an agent of its desk.');
    if (!isFit(person, conversation)) {
      throw refuse(
        person.name,
        'cannot be a customer here: choose guests and people from other organizations. In a thread it can be anybody.',
      );
    }
  }
}

/**
 * Takes part in a verb's transaction: puts people in and takes people out. Who was taken out stays out, whatever they write.
 *
 * @param conversation with the desk it has from now on; whoever is added must have been met before
 * @throws Refusal `invalid` on `customers` for people who cannot be customers; `unavailable` for whom Slack said nothing of
 */
export async function changeCustomers(trx: Trx, conversation: Conversation, change: SetChange): Promise<void> {
  await requireFit(trx, conversation, change.add);
  await putCustomers(trx, conversation.id, change.add);
  await removeCustomers(trx, conversation.id, change.remove);
}
