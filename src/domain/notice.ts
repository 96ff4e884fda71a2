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
  /** The help card is posted, or brought up to date once it stands. */
  | { kind: 'help.card'; conversationId: string; requestId: string }
  /** A round's calls by mention, as one message in the card's thread. */
  | { kind: 'help.called'; conversationId: string; requestId: string; round: number }
  /** One call by direct message. */
  | { kind: 'help.called_direct'; conversationId: string; requestId: string; callId: string }
  /** Every call sent is edited to say how it ended. */
  | { kind: 'help.over'; conversationId: string; requestId: string }
  /** Somebody was made an agent, given expertise or put on a desk. */
  | { kind: 'person.welcomed'; userId: string; expertiseIds: readonly string[]; deskIds: readonly string[] }
  /** Administrators read that a help channel is no longer safe. */
  | {
      kind: 'help_channel.dropped';
      userId: string;
      deskId: string;
      channelId: string;
      reason: 'shared' | 'guest' | 'archived';
    }
  /** A Home that was looked at lately shows something else now. */
  | { kind: 'home.changed'; userId: string };

/** The lane a notice travels in: notices of one lane are sent one after the other, in the order their changes were committed. */
export function laneOf(notice: Notice): string {
  if (notice.kind === 'home.changed') return `home:${notice.userId}`;
  return 'conversationId' in notice ? `conversation:${notice.conversationId}` : `person:${notice.userId}`;
}
