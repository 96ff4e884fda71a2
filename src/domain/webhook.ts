/** What the server of a bot is told of the bot's conversations. Names and values are those of the HTTP API. */
import type { CameBy, Outcome, Status } from './conversation.ts';
import { jsonOf } from './well-formed.ts';

/** An agent as customers know them. */
export type WebhookAgent = {
  /** Slack user id. */
  readonly id: string;
  /** Live chat name. */
  readonly name: string;
};

type WebhookExpertise = { readonly id: string; readonly name: string };

/** Something that happened in a conversation. Nothing in it is internal: no note, no card, nobody who was merely called. */
export type WebhookEvent =
  /** Somebody was chosen; `conversation.agent_joined` follows when they are in. */
  | {
      readonly type: 'conversation.forwarded';
      readonly agent: WebhookAgent;
      /** What was wanted and the agent knows, and what they do not. */
      readonly covered: readonly WebhookExpertise[];
      readonly missing: readonly WebhookExpertise[];
      /** Id of the decision. */
      readonly decision: string;
    }
  | { readonly type: 'conversation.agent_joined'; readonly agent: WebhookAgent; readonly came_by: CameBy }
  /** Nobody could be chosen. */
  | { readonly type: 'conversation.no_agent'; readonly decision: string }
  /** Those chosen did not answer; Beckon looks for help now. */
  | { readonly type: 'conversation.no_answer'; readonly tried: readonly WebhookAgent[] }
  | {
      readonly type: 'conversation.status_changed';
      readonly status: Status;
      /** null for one that was closed and is open again. */
      readonly previous_status: Status | null;
    }
  /** An agent wrote to the customer, in a channel that Beckon made for the conversation. */
  | {
      readonly type: 'conversation.message';
      readonly agent: WebhookAgent;
      /** As Slack has it, in mrkdwn; null once it could not be delivered, because Beckon keeps no message text. */
      readonly text: string | null;
      /** Slack's timestamp of the message, which is its id in the channel. */
      readonly ts: string;
      /** Files are not passed on. */
      readonly has_files: boolean;
    }
  | { readonly type: 'conversation.closed'; readonly outcome: Outcome | 'lost' };

/** The conversation an event is about, as every event names it. */
type WebhookConversation = {
  readonly id: string;
  /** The bot's own name for it, null where it gave none. */
  readonly reference: string | null;
  /** Slack channel id. */
  readonly channel: string;
  /** Slack’s timestamp of the message that begins the thread; null in a channel. */
  readonly thread: string | null;
};

export type WebhookNotice = {
  readonly kind: 'webhook';
  readonly tokenId: string;
  readonly conversationId: string;
  readonly about: WebhookConversation;
  readonly event: WebhookEvent;
};

export const webhookLane = (tokenId: string): string => `webhook:${tokenId}`;

/** What may be kept of a notice that was sent or given up: everything but what somebody wrote. */
export const withoutText = (notice: WebhookNotice): WebhookNotice =>
  notice.event.type === 'conversation.message' ? { ...notice, event: { ...notice.event, text: null } } : notice;

/** Where webhooks go, for who sends them. */
export type WebhookTarget = {
  readonly tokenId: string;
  readonly url: string;
  /** Which of the token's secrets signs them. */
  readonly turn: number;
};

/** What is posted: the shape of the Standard Webhooks specification. */
export function webhookBody({ about, event }: WebhookNotice, happenedAt: string): string {
  const { type, ...data } = event;
  return jsonOf({ type, timestamp: happenedAt, data: { conversation: about, ...data } });
}

/** The body of *Send a test*. */
export const pingBody = (now: Date): string => JSON.stringify({ type: 'ping', timestamp: now.toISOString(), data: {} });
