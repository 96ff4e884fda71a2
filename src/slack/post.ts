/** Creating messages, each at most once, and each only where it may be read. */
import type { WebClient } from '@slack/web-api';
import type { CustomerText } from '../domain/customer-text.ts';
import type { Deps } from '../services/deps.ts';
import { mayHoldInternal, mayReadInternal } from '../services/conversation/internal.ts';
import type { Message } from './views/help-card.ts';

/** One notice on its way, with what sending it takes. */
export type Envelope = {
  client: WebClient;
  deps: Deps;
  workspaceId: string;
  /** Opaque: it is in the metadata of the message, which everybody in the channel could read. */
  noticeId: string;
  announcedAt: string;
  /** An earlier attempt may have created the message. */
  maybeSent: boolean;
  /** Commits that the message is about to be created. */
  sending: () => Promise<void>;
};

export type Sent = { channelId: string; ts: string };

type Target = { channelId: string; threadTs?: string } | { userId: string };

const EVENT_TYPE = 'beckon_notice';
/** The most `conversations.history` answers with; what is looked for is as old as its notice, behind everything said since. */
const PAGE = 999;
const PAGES_MAX = 20;
/** Slack's clock and ours may differ. */
const CLOCK_SKEW_SECONDS = 120;

type Found = { ts?: string; metadata?: { event_type?: string; event_payload?: { id?: unknown } } };

/** A direct message has a channel of its own; only looking a message up needs its id. */
async function channelOf(client: WebClient, target: Target): Promise<string> {
  if ('channelId' in target) return target.channelId;
  const { channel } = await client.conversations.open({ users: target.userId });
  if (channel?.id === undefined) throw new Error('Slack opened a direct message without an id.');
  return channel.id;
}

async function page(client: WebClient, channel: string, target: Target, oldest: string, cursor: string) {
  const common = { channel, oldest, limit: PAGE, include_all_metadata: true, ...(cursor !== '' && { cursor }) };
  const threadTs = 'channelId' in target ? target.threadTs : undefined;
  const answer =
    threadTs === undefined
      ? await client.conversations.history(common)
      : await client.conversations.replies({ ...common, ts: threadTs });
  const messages: Found[] = answer.messages ?? [];
  return { messages, next: answer.response_metadata?.next_cursor ?? '' };
}

/**
 * Looks for the message of a notice that may have been sent, through everything posted there since the notice was announced.
 *
 * @throws Error where more was posted since than can be read: not known to be missing, it must not be posted again
 */
async function find({ client, noticeId, announcedAt }: Envelope, target: Target): Promise<Sent | undefined> {
  const channelId = await channelOf(client, target);
  const oldest = String(Math.floor(Date.parse(announcedAt) / 1000) - CLOCK_SKEW_SECONDS);
  let cursor = '';
  for (let turn = 0; turn < PAGES_MAX; turn += 1) {
    const { messages, next } = await page(client, channelId, target, oldest, cursor);
    const ts = messages.find((message) => message.metadata?.event_payload?.id === noticeId)?.ts;
    if (ts !== undefined) return { channelId, ts };
    if (next === '') return undefined;
    cursor = next;
  }
  throw new Error('So much was posted since that Beckon cannot tell whether this message was.');
}

async function post(envelope: Envelope, target: Target, message: Message | { text: CustomerText }): Promise<Sent> {
  const { client, maybeSent, noticeId, sending } = envelope;
  const earlier = maybeSent ? await find(envelope, target) : undefined;
  if (earlier) return earlier;
  await sending();
  const thread = 'channelId' in target && target.threadTs !== undefined && { thread_ts: target.threadTs };
  const answer = await client.chat.postMessage({
    channel: 'channelId' in target ? target.channelId : target.userId,
    ...message,
    ...thread,
    metadata: { event_type: EVENT_TYPE, event_payload: { id: noticeId } },
    unfurl_links: false,
    unfurl_media: false,
  });
  if (answer.channel === undefined || answer.ts === undefined) throw new Error('Slack posted a message without an id.');
  return { channelId: answer.channel, ts: answer.ts };
}

/** Posts where customers read: only what `customer-text` made type-checks here. */
export const postToPlace = (
  envelope: Envelope,
  { channelId, threadTs }: { channelId: string; threadTs: string },
  text: CustomerText,
): Promise<Sent> => post(envelope, { channelId, ...(threadTs !== '' && { threadTs }) }, { text });

/** Where a message was to go customers may read, or who was to read it is no colleague any more: it is never sent. */
export class NotInternal extends Error {
  /** Said like Slack's error names. */
  readonly code: 'not_internal' | 'not_a_member';

  constructor(code: NotInternal['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Posts for the team: to one person, or into a channel that may hold internal words at this moment. @throws NotInternal */
export async function postInternal(envelope: Envelope, target: Target, message: Message): Promise<Sent> {
  if ('channelId' in target && !(await mayHoldInternal(envelope.deps, envelope.workspaceId, target.channelId))) {
    throw new NotInternal(
      'not_internal',
      'This channel is no desk’s help channel, or a conversation with a customer is open in it.',
    );
  }
  if ('userId' in target && !(await mayReadInternal(envelope.deps, envelope.workspaceId, target.userId))) {
    throw new NotInternal('not_a_member', 'This person is no full member any more.');
  }
  return post(envelope, target, message);
}
