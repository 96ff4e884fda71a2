/** Notices about forwards and their turns. */
import type { Notice } from '../domain/notice.ts';
import { findingText, messageText } from '../domain/customer-text.ts';
import { findingView } from '../services/conversation/finding.ts';
import { turnSent, turnView } from '../services/forward/turn-view.ts';
import { forwardSaid, forwardView } from '../services/forward/view.ts';
import { postInternal, postToPlace, type Envelope } from './post.ts';
import { forwarderMessage, turnMessage } from './views/turn.ts';

type Of<K extends Notice['kind']> = Extract<Notice, { kind: K }>;

/** They read that it is theirs, unless their turn is over already. */
export async function deliverTurnOffered(envelope: Envelope, { turnId }: Of<'turn.offered'>): Promise<void> {
  const { deps, workspaceId } = envelope;
  const view = await turnView(deps, workspaceId, turnId);
  if (view === undefined || view.turn.endedAt !== undefined) return;
  const sent = await postInternal(envelope, { userId: view.turn.userId }, turnMessage(view));
  await turnSent(deps, turnId, sent);
}

/** The message that offered a turn, where it was sent, says what became of it. */
export async function deliverTurnOver(envelope: Envelope, { turnId }: Of<'turn.over'>): Promise<void> {
  const { client, deps, workspaceId } = envelope;
  const view = await turnView(deps, workspaceId, turnId);
  if (view === undefined || view.turn.ts === '') return;
  await client.chat.update({ channel: view.turn.channelId, ts: view.turn.ts, ...turnMessage(view) });
}

export async function deliverForwarderTold(envelope: Envelope, { forwardId }: Of<'forwarder.told'>): Promise<void> {
  const view = await forwardView(envelope.deps, envelope.workspaceId, forwardId);
  if (view === undefined || view.isClosed || view.forward.askedBy === '') return;
  await postInternal(envelope, { userId: view.forward.askedBy }, forwarderMessage(view));
}

/** What a bot says to the customer once somebody has come. */
export async function deliverCustomerMessage(envelope: Envelope, { forwardId }: Of<'customer.message'>): Promise<void> {
  const said = await forwardSaid(envelope.deps, envelope.workspaceId, forwardId);
  if (said && !said.isClosed) await postToPlace(envelope, said, messageText(said.message));
}

export async function deliverFinding(envelope: Envelope, { conversationId }: Of<'customer.finding'>): Promise<void> {
  const view = await findingView(envelope.deps, envelope.workspaceId, conversationId);
  if (view) await postToPlace(envelope, view, findingText(view.sentence));
}
