import { webhookLane, type WebhookNotice } from './webhook.ts';

/**
 * Everything the outside may be told. A notice names what happened by ids; what it looks like is decided when it is sent, from
 * fresh state. Whom to call and what was decided is stored by the verb, never chosen while rendering.
 */
export type Notice =
  /** Somebody claimed a seat: add them to the channel and report whether they arrived. */
  | { kind: 'seat.claimed'; conversationId: string; seatId: string }
  /** The customer reads who joined. */
  | { kind: 'customer.joined'; conversationId: string; seatId: string }
  /** The joiner reads why they could not get in and what to do. */
  | { kind: 'seat.failed'; conversationId: string; seatId: string; reason: string }
  /** The last agent of a closed thread reads that its customer wrote again. */
  | { kind: 'conversation.reopened'; conversationId: string; seatId: string }
  /** The help card is posted, or brought up to date once it stands. */
  | { kind: 'help.card'; conversationId: string; requestId: string }
  /** Calls by mention, as one message in the card's thread. */
  | { kind: 'help.called'; conversationId: string; requestId: string; callIds: readonly string[] }
  /** One call by direct message. */
  | { kind: 'help.called_direct'; conversationId: string; requestId: string; callId: string }
  /** Somebody who was called said *Not now*: the message that called them says so. */
  | { kind: 'help.declined'; conversationId: string; requestId: string; callId: string }
  /** The rounds brought nobody: the desk's fallback is called. */
  | { kind: 'help.fallback'; conversationId: string; requestId: string }
  /** The asker reads what becomes of their request, so that nobody waits silently. */
  | {
      kind: 'asker.told';
      conversationId: string;
      requestId: string;
      what: 'waiting' | 'fallback' | 'exhausted' | 'closed';
    }
  /** The asker reads who came in otherwise than by Join, which ended their request. */
  | { kind: 'asker.came'; conversationId: string; requestId: string; seatId: string }
  /** Somebody who was invited is in and reads by whom and for what. */
  | { kind: 'invite.arrived'; conversationId: string; seatId: string }
  /** The card stands in another channel now: where it stood, and the calls in its thread, say so. */
  | {
      kind: 'help.moved';
      conversationId: string;
      requestId: string;
      channelId: string;
      cardTs: string;
      /** Calls in its thread, and whom each called. */
      messages: readonly { readonly ts: string; readonly called: readonly string[] }[];
      /** Customers may read there. */
      isUnsafe: boolean;
    }
  /** Beckon made a channel for a bot's visitor: the bot's own Slack user comes in. */
  | { kind: 'visitor.channel_made'; conversationId: string; userId: string }
  /** What a visitor wrote on the other side of a bot is posted for the agents. */
  | { kind: 'visitor.said'; conversationId: string; text: string }
  /** Every call sent is edited to say how it ended. */
  | { kind: 'help.over'; conversationId: string; requestId: string }
  /** It is somebody's turn: they read why it is theirs. */
  | { kind: 'turn.offered'; conversationId: string; turnId: string }
  /** A turn is over: the message that offered it says what became of it. */
  | { kind: 'turn.over'; conversationId: string; turnId: string }
  /** The customer reads what the bot had to say once somebody came. */
  | { kind: 'customer.message'; conversationId: string; forwardId: string }
  /** The customer reads that the right person is being found. */
  | { kind: 'customer.finding'; conversationId: string }
  /** Whoever forwarded a conversation reads that nobody they were given answered. */
  | { kind: 'forwarder.told'; conversationId: string; forwardId: string }
  /** Somebody was made an agent, given expertise or put on a desk. */
  | { kind: 'person.welcomed'; userId: string; expertiseIds: readonly string[]; deskIds: readonly string[] }
  /** An administrator took expertise from somebody; what is taken within minutes is told at once. */
  | { kind: 'expertise.taken'; userId: string; expertiseIds: readonly string[] }
  /** Somebody was made an administrator. */
  | { kind: 'administrator.made'; userId: string; madeBy: string }
  /** Administrators read that a help channel is no longer safe. */
  | {
      kind: 'help_channel.dropped';
      userId: string;
      deskId: string;
      channelId: string;
      reason: 'shared' | 'guest' | 'archived' | 'removed';
    }
  /** Administrators read that a colleague is no longer a full member, and what needs somebody else now. */
  | {
      kind: 'person.gone';
      userId: string;
      goneId: string;
      reason: 'deactivated' | 'guest';
      conversationIds: readonly string[];
      expertiseIds: readonly string[];
      deskIds: readonly string[];
    }
  /** An administrator reads how many messages could not be delivered; at most one an hour. */
  | { kind: 'undelivered'; userId: string }
  /** Somebody has become a guest or outsider: what Beckon wrote to them as a colleague is not shown any more. */
  | { kind: 'person.withdrawn'; userId: string }
  /** Administrators read that the endpoint of a token's webhooks is gone for good. */
  | { kind: 'webhook.gone'; userId: string; tokenId: string }
  /** The server of a bot is told what happened in a conversation of the bot. It leaves by a door of its own. */
  | WebhookNotice
  /** A workflow's step is over: it goes on with what came of it. The conversation is '' where none was opened. */
  | { kind: 'step.completed'; conversationId: string; runId: string }
  /** It ends with words of why. */
  | { kind: 'step.failed'; conversationId: string; runId: string }
  /** A Home that was looked at lately shows something else now. */
  | { kind: 'home.changed'; userId: string };

/** The lane a notice travels in: notices of one lane are sent one after the other, in the order their changes were committed. */
export function laneOf(notice: Notice): string {
  if (notice.kind === 'home.changed') return `home:${notice.userId}`;
  if (notice.kind === 'webhook') return webhookLane(notice.tokenId);
  if ('runId' in notice && notice.conversationId === '') return `step:${notice.runId}`;
  // These wait, for up to an hour, and nothing else may wait behind them.
  if (notice.kind === 'undelivered') return `undelivered:${notice.userId}`;
  if (notice.kind === 'expertise.taken') return `taken:${notice.userId}`;
  return 'conversationId' in notice ? `conversation:${notice.conversationId}` : `person:${notice.userId}`;
}
