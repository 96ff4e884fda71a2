/** Whether a conversation can be where somebody wants it, and who its customers are there. */
import { isCustomer } from '../../domain/person.ts';
import { placeUrl, type Place, type Spot } from '../../domain/place.ts';
import { Refusal } from '../../errors.ts';
import { listDesksOfHelpChannel } from '../../store/desks.ts';
import type { KnownPerson } from '../../store/people.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import type { Actor, ChannelFacts, Deps } from '../deps.ts';
import { meet } from '../person/meet.ts';
import type { Caller } from '../rights.ts';

/** Larger channels are not read person by person: their customers are known when they write. */
const CUSTOMERS_READ_FROM_MEMBERS_MAX = 200;

export type ExaminedPlace = Place & {
  readonly customers: readonly KnownPerson[];
  /** The words of the message that begins a thread, '' for a channel. They are searched, and kept only if somebody asks for help there. */
  readonly text: string;
};

const SLACK_SILENT = 'Slack did not answer Beckon just now. Nothing was changed; please try again in a moment.';

/**
 * Reads a channel from Slack and refuses what cannot hold a conversation.
 *
 * @throws Refusal `wrong_place` for direct and group messages, archived channels and those Beckon is not in; `unavailable` when Slack
 *   does not answer
 */
export async function examineChannel(deps: Deps, workspaceId: string, channelId: string): Promise<ChannelFacts> {
  const channel = await deps.slack.channel(workspaceId, channelId);
  if (channel === 'unknown') throw new Refusal('unavailable', SLACK_SILENT);
  if (channel === 'missing') {
    throw new Refusal(
      'wrong_place',
      'Beckon is not in here. In a customer’s channel, type `/invite @Beckon` and try again; direct messages stay between you.',
    );
  }
  if (channel.kind !== 'channel') {
    throw new Refusal(
      'wrong_place',
      'Conversations live in channels, and this is a direct message. Go to the customer’s channel and try again there.',
    );
  }
  if (channel.isArchived) throw new Refusal('wrong_place', 'This channel is archived, so nobody could answer here.');
  if (!channel.isMember) {
    throw new Refusal('wrong_place', 'Beckon is not in this channel. Type `/invite @Beckon` here and try again.');
  }
  const desks = await listDesksOfHelpChannel(deps.db, workspaceId, channelId);
  if (desks.length > 0) {
    throw new Refusal(
      'wrong_place',
      'This is a help channel, where your team helps itself. Conversations with customers live in other channels.',
    );
  }
  return channel;
}

/**
 * The same for a channel or thread, with its customers.
 *
 * @throws Refusal as `examineChannel`; `gone` when the message that begins the thread was deleted; `wrong_place` for Beckon's own
 */
export async function examinePlace(deps: Deps, workspaceId: string, spot: Spot): Promise<ExaminedPlace> {
  const { channelId, threadTs = '' } = spot;
  const channel = await examineChannel(deps, workspaceId, channelId);
  const workspace = await findWorkspace(deps.db, workspaceId);
  const inside =
    threadTs === ''
      ? { customers: await customersIn(deps, workspaceId, channelId), text: '' }
      : await threadOf(deps, workspaceId, { channelId, threadTs, botUserId: workspace?.botUserId ?? '' });
  return {
    channelId,
    threadTs,
    channelName: channel.name,
    isPrivate: channel.isPrivate,
    link: placeUrl(workspace?.url ?? '', channelId, threadTs),
    ...inside,
  };
}

/**
 * Agents and administrators may open and ask anywhere; other full members in channels they are in.
 *
 * @throws Refusal `not_allowed`
 */
export async function requirePlaceFor(deps: Deps, actor: Actor, caller: Caller, channelId: string): Promise<void> {
  if (caller.isAgent || caller.isAdministrator) return;
  const members = await deps.slack.members(actor.workspaceId, channelId, { maxAgeMinutes: 1 });
  if (members === 'unknown' || members.includes(actor.userId)) return;
  throw new Refusal('not_allowed', 'Join this channel first, then ask here. Agents can do so from anywhere.');
}

/** Guests and outsiders among the members; of a very large channel those Beckon meets when they write. */
async function customersIn(deps: Deps, workspaceId: string, channelId: string): Promise<KnownPerson[]> {
  const members = await deps.slack.members(workspaceId, channelId);
  if (members === 'unknown' || members.length > CUSTOMERS_READ_FROM_MEMBERS_MAX) return [];
  const people = await meet(deps, workspaceId, members);
  return [...people.values()].filter(isCustomer);
}

type Thread = { channelId: string; threadTs: string; botUserId: string };

/** A thread's customer is whoever began it; that agents of its desk are not is known when the desk is. */
async function threadOf(deps: Deps, workspaceId: string, { channelId, threadTs, botUserId }: Thread) {
  const message = await deps.slack.message(workspaceId, channelId, threadTs);
  if (message === 'unknown') throw new Refusal('unavailable', SLACK_SILENT);
  if (message === 'missing')
    throw new Refusal('gone', 'That message is not there any more, so nothing can be opened under it.');
  if (message.userId === botUserId) {
    throw new Refusal('wrong_place', 'This is Beckon’s own message. Use the shortcut on the message of the customer.');
  }
  const people = message.isBot ? undefined : await meet(deps, workspaceId, [message.userId]);
  return { customers: [...(people?.values() ?? [])], text: message.text };
}
