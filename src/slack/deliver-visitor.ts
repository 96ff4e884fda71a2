/** Notices about channels that Beckon made for visitors. */
import type { Notice } from '../domain/notice.ts';
import { visitorSaidText } from '../domain/customer-text.ts';
import { visitorPlace } from '../services/bot/place.ts';
import { slackErrorOf } from './judge.ts';
import { postToPlace, type Envelope } from './post.ts';

type Of<K extends Notice['kind']> = Extract<Notice, { kind: K }>;

/** The bot's own Slack user comes into the channel, so that it reads what agents write and can write itself. */
export async function deliverChannelMade(
  { client, deps, workspaceId }: Envelope,
  { conversationId, userId }: Of<'visitor.channel_made'>,
): Promise<void> {
  const place = await visitorPlace(deps, workspaceId, conversationId);
  if (place === undefined) return;
  try {
    await client.conversations.invite({ channel: place.channelId, users: userId });
  } catch (error) {
    if (slackErrorOf(error) !== 'already_in_channel') throw error;
  }
}

export async function deliverVisitorSaid(
  envelope: Envelope,
  { conversationId, text }: Of<'visitor.said'>,
): Promise<void> {
  const place = await visitorPlace(envelope.deps, envelope.workspaceId, conversationId);
  if (place) await postToPlace(envelope, place, visitorSaidText(place.customerName, text));
}
