/** Events that Slack sent again, or an administrator had tried again: by then it may not be so any more. */
import type { Person } from '../domain/person.ts';
import type { ChannelFacts, Deps } from '../services/deps.ts';

/** What is heard of at once comes in order; Slack sends again after one and five minutes, and what came since may say otherwise. */
const OLD_SECONDS = 30;

type Body = { readonly event_time?: number };

const isOld = ({ now }: Deps, { event_time: at }: Body): boolean =>
  at !== undefined && now().getTime() / 1000 - at > OLD_SECONDS;

/** What Slack says of them now, where the event is old. */
export async function personNow(deps: Deps, workspaceId: string, body: Body, person: Person): Promise<Person> {
  if (!isOld(deps, body)) return person;
  const { userId } = person;
  return (await deps.slack.people(workspaceId, [userId])).get(userId) ?? person;
}

/** Whether what an event says of a channel still holds, as far as Slack can say. */
export async function stillHolds(
  deps: Deps,
  workspaceId: string,
  body: Body,
  { channelId, holds }: { channelId: string; holds: (channel: ChannelFacts) => boolean },
): Promise<boolean> {
  if (!isOld(deps, body)) return true;
  const channel = await deps.slack.channel(workspaceId, channelId);
  return typeof channel === 'string' || holds(channel);
}
