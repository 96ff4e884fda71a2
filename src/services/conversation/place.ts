/** Whether a conversation can be where somebody wants it, and who its customers are there. */
import { isCustomer } from '../../domain/person.ts';
import { placeUrl, type Place } from '../../domain/place.ts';
import { Refusal } from '../../errors.ts';
import type { KnownPerson } from '../../store/people.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';
import { meet } from '../person/meet.ts';

/** Larger channels are not read person by person: their customers are known when they write. */
const CUSTOMERS_READ_FROM_MEMBERS_MAX = 200;

export type ExaminedPlace = Place & { readonly customers: readonly KnownPerson[] };

const NO_DIRECT_MESSAGE =
  'Conversations live in channels, and this is a direct message. Go to the customer’s channel and try again there.';

/**
 * Reads a channel from Slack and refuses what cannot hold a conversation.
 *
 * @throws Refusal `wrong_place` for direct and group messages, archived channels and those Beckon is not in; `unavailable` when Slack
 *   does not answer
 */
export async function examinePlace(deps: Deps, workspaceId: string, channelId: string): Promise<ExaminedPlace> {
  const channel = await deps.slack.channel(workspaceId, channelId);
  if (channel === 'unknown') {
    throw new Refusal(
      'unavailable',
      'Slack did not answer Beckon just now. Nothing was changed; please try again in a moment.',
    );
  }
  if (channel === 'missing') {
    throw new Refusal(
      'wrong_place',
      'Beckon is not in here. In a customer’s channel, type `/invite @Beckon` and try again; direct messages stay between you.',
    );
  }
  if (channel.kind !== 'channel') throw new Refusal('wrong_place', NO_DIRECT_MESSAGE);
  if (channel.isArchived) throw new Refusal('wrong_place', 'This channel is archived, so nobody could answer here.');
  if (!channel.isMember) {
    throw new Refusal('wrong_place', 'Beckon is not in this channel. Type `/invite @Beckon` here and try again.');
  }
  const workspace = await findWorkspace(deps.db, workspaceId);
  return {
    channelId,
    threadTs: '',
    channelName: channel.name,
    isPrivate: channel.isPrivate,
    link: placeUrl(workspace?.url ?? '', channelId, ''),
    customers: await customersIn(deps, workspaceId, channelId),
  };
}

/** Guests and outsiders among the members; of a very large channel those Beckon has met. */
async function customersIn(deps: Deps, workspaceId: string, channelId: string): Promise<KnownPerson[]> {
  const members = await deps.slack.members(workspaceId, channelId);
  if (members === 'unknown' || members.length > CUSTOMERS_READ_FROM_MEMBERS_MAX) return [];
  const people = await meet(deps, workspaceId, members);
  return [...people.values()].filter(isCustomer);
}
