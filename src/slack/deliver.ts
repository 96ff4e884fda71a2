/** Notice → what to send where. Renders at delivery, from fresh state, and reports back to verbs. */
import type { Notice } from '../domain/notice.ts';
import { callDirectly } from '../services/help/call-directly.ts';
import { arrive, couldNotArrive } from '../services/help/arrive.ts';
import { cardPosted, helpCard } from '../services/help/card.ts';
import { isStillAdministrator } from '../services/administrator/welcome.ts';
import { seatView, seatWhere } from '../services/conversation/seat.ts';
import { deskNamed } from '../services/desk/named.ts';
import { goneNews } from '../services/person/gone.ts';
import { welcome } from '../services/person/welcome.ts';
import {
  deliverAskerCame,
  deliverAskerTold,
  deliverDeclined,
  deliverFallback,
  deliverInviteArrived,
} from './deliver-beside.ts';
import { deliverUndelivered, deliverWebhookGone } from './deliver-administrators.ts';
import { deliverMoved, editMoved } from './deliver-moved.ts';
import { deliverTaken } from './deliver-taken.ts';
import { deliverCalled, deliverCalledDirect, deliverOver } from './deliver-calls.ts';
import { deliverJoined } from './deliver-joined.ts';
import { deliverWithdrawn } from './deliver-withdrawn.ts';
import { deliverChannelMade, deliverVisitorSaid } from './deliver-visitor.ts';
import { deliverStepCompleted, deliverStepFailed } from './deliver-step.ts';
import {
  deliverCustomerMessage,
  deliverFinding,
  deliverForwarderTold,
  deliverTurnOffered,
  deliverTurnOver,
} from './deliver-forward.ts';
import type { Deps } from '../services/deps.ts';
import { judge, slackErrorOf } from './judge.ts';
import { postInternal, type Envelope } from './post.ts';
import { publishHome } from './publish-home.ts';
import { goneMessage } from './views/gone.ts';
import { helpCardMessage } from './views/help-card.ts';
import { couldNotInviteMessage } from './views/invited.ts';
import { couldNotJoinMessage } from './views/join.ts';
import { movedCardMessage } from './views/moved.ts';
import { reopenedMessage } from './views/reopened.ts';
import { administratorMessage, droppedMessage, welcomeMessage } from './views/welcome.ts';

const ALREADY_IN = 'already_in_channel';

type Of<K extends Notice['kind']> = Extract<Notice, { kind: K }>;

async function seatClaimed({ client, deps, workspaceId }: Envelope, { seatId }: Of<'seat.claimed'>): Promise<void> {
  const seat = await seatWhere(deps, workspaceId, seatId);
  if (seat?.isArriving !== true) return;
  try {
    await client.conversations.invite({ channel: seat.channelId, users: seat.userId });
  } catch (error) {
    const reason = slackErrorOf(error);
    if (reason !== undefined && reason !== ALREADY_IN && judge(error).hopeless)
      return couldNotArrive(deps, workspaceId, seatId, reason);
    if (reason !== ALREADY_IN) throw error;
  }
  await arrive(deps, workspaceId, seatId);
}

async function seatFailed(envelope: Envelope, { seatId, reason }: Of<'seat.failed'>): Promise<void> {
  const seat = await seatView(envelope.deps, envelope.workspaceId, seatId);
  if (seat === undefined) return;
  if (seat.invitedBy === '') await postInternal(envelope, { userId: seat.userId }, couldNotJoinMessage(seat, reason));
  else await postInternal(envelope, { userId: seat.invitedBy }, couldNotInviteMessage(seat, reason));
}

async function reopened(envelope: Envelope, { seatId }: Of<'conversation.reopened'>): Promise<void> {
  const seat = await seatView(envelope.deps, envelope.workspaceId, seatId);
  if (seat?.state === 'in') await postInternal(envelope, { userId: seat.userId }, reopenedMessage(seat));
}

/** A card that should stand and does not yet is posted; one that stands is brought up to date. */
async function card(envelope: Envelope, { requestId }: Of<'help.card'>): Promise<void> {
  const { client, deps, workspaceId } = envelope;
  const shown = await helpCard(deps, workspaceId, requestId);
  if (shown === undefined || shown.cardChannelId === '' || shown.isDropped) return;
  const message = helpCardMessage(shown);
  if (shown.cardTs !== '') {
    try {
      await client.chat.update({ channel: shown.cardChannelId, ts: shown.cardTs, ...message });
      return;
    } catch (error) {
      // Somebody deleted it; while help is looked for a card must stand.
      if (slackErrorOf(error) !== 'message_not_found' || shown.state !== 'open') throw error;
    }
  }
  // Tried again long after: a card that says it is over helps nobody.
  if (shown.cardTs === '' && shown.state !== 'open' && shown.state !== 'claimed') return;
  const sent = await postInternal(envelope, { channelId: shown.cardChannelId }, message);
  if (await cardPosted(deps, requestId, sent)) return;
  const moved = await helpCard(deps, workspaceId, requestId);
  await editMoved(envelope, sent, movedCardMessage(moved?.cardChannelId ?? ''));
}

async function welcomed(envelope: Envelope, notice: Of<'person.welcomed'>): Promise<void> {
  const now = await welcome(envelope.deps, envelope.workspaceId, notice);
  if (now.desks.length + now.expertise.length === 0) return;
  await postInternal(envelope, { userId: notice.userId }, welcomeMessage(now));
}

async function administratorMade(envelope: Envelope, { userId, madeBy }: Of<'administrator.made'>): Promise<void> {
  if (!(await isStillAdministrator(envelope.deps, envelope.workspaceId, userId))) return;
  await postInternal(envelope, { userId }, administratorMessage(madeBy));
}

async function dropped(envelope: Envelope, notice: Of<'help_channel.dropped'>): Promise<void> {
  const deskName = await deskNamed(envelope.deps, envelope.workspaceId, notice.deskId);
  if (deskName === undefined) return;
  await postInternal(envelope, { userId: notice.userId }, droppedMessage({ ...notice, deskName }));
}

async function gone(envelope: Envelope, notice: Of<'person.gone'>): Promise<void> {
  const news = await goneNews(envelope.deps, envelope.workspaceId, notice);
  await postInternal(envelope, { userId: notice.userId }, goneMessage(news));
}

/**
 * A delivery was given up: a seat that could not be filled is given back, a call that could not be posted goes by direct message, so that
 * nobody waits for who will never come.
 *
 * @param why Slack's name for the error
 * @returns whether no administrator needs to decide about it: something else was done, a Home is shown when it is opened next, there is
 * nobody to read it
 */
export async function giveUp(deps: Deps, workspaceId: string, notice: Notice, why?: string): Promise<boolean> {
  if (notice.kind === 'seat.claimed') await couldNotArrive(deps, workspaceId, notice.seatId, 'no_answer');
  if (notice.kind === 'help.called') await callDirectly(deps, workspaceId, notice);
  return SETTLED.has(notice.kind) || (why !== undefined && NOBODY_THERE.has(why));
}

const SETTLED: ReadonlySet<Notice['kind']> = new Set(['seat.claimed', 'help.called', 'home.changed', 'undelivered']);
const NOBODY_THERE = new Set(['not_a_member', 'user_disabled', 'user_not_found']);

/** Sends one notice; throws what Slack answered when it did not work. */
// oxlint-disable-next-line eslint/complexity -- one case a kind of notice, and nothing else
export async function deliver(envelope: Envelope, notice: Notice): Promise<void> {
  switch (notice.kind) {
    case 'seat.claimed':
      return seatClaimed(envelope, notice);
    case 'customer.joined':
      return deliverJoined(envelope, notice);
    case 'seat.failed':
      return seatFailed(envelope, notice);
    case 'conversation.reopened':
      return reopened(envelope, notice);
    case 'help.card':
      return card(envelope, notice);
    case 'help.called':
      return deliverCalled(envelope, notice);
    case 'help.called_direct':
      return deliverCalledDirect(envelope, notice);
    case 'help.over':
      return deliverOver(envelope, notice);
    case 'help.moved':
      return deliverMoved(envelope, notice);
    case 'help.declined':
      return deliverDeclined(envelope, notice);
    case 'help.fallback':
      return deliverFallback(envelope, notice);
    case 'asker.told':
      return deliverAskerTold(envelope, notice);
    case 'asker.came':
      return deliverAskerCame(envelope, notice);
    case 'invite.arrived':
      return deliverInviteArrived(envelope, notice);
    case 'visitor.channel_made':
      return deliverChannelMade(envelope, notice);
    case 'visitor.said':
      return deliverVisitorSaid(envelope, notice);
    case 'turn.offered':
      return deliverTurnOffered(envelope, notice);
    case 'turn.over':
      return deliverTurnOver(envelope, notice);
    case 'forwarder.told':
      return deliverForwarderTold(envelope, notice);
    case 'customer.message':
      return deliverCustomerMessage(envelope, notice);
    case 'customer.finding':
      return deliverFinding(envelope, notice);
    case 'person.welcomed':
      return welcomed(envelope, notice);
    case 'administrator.made':
      return administratorMade(envelope, notice);
    case 'help_channel.dropped':
      return dropped(envelope, notice);
    case 'person.gone':
      return gone(envelope, notice);
    case 'person.withdrawn':
      return deliverWithdrawn(envelope, notice);
    case 'expertise.taken':
      return deliverTaken(envelope, notice);
    case 'undelivered':
      return deliverUndelivered(envelope, notice);
    case 'webhook.gone':
      return deliverWebhookGone(envelope, notice);
    case 'webhook':
      throw new Error('A webhook is no message in Slack.');
    case 'step.completed':
      return deliverStepCompleted(envelope, notice);
    case 'step.failed':
      return deliverStepFailed(envelope, notice);
    case 'home.changed':
      return publishHome(envelope.client, envelope.deps, { workspaceId: envelope.workspaceId, userId: notice.userId });
    default:
      return notice satisfies never;
  }
}
