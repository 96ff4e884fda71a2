/** Notice → what to send where. Renders at delivery, from fresh state, and reports back to verbs. */
import type { Notice } from '../domain/notice.ts';
import { joinedText } from '../domain/customer-text.ts';
import { arrive, couldNotArrive } from '../services/help/arrive.ts';
import { callsSent, cardPosted, helpCard, type HelpCard } from '../services/help/card.ts';
import { seatView } from '../services/conversation/seat.ts';
import { deskNamed } from '../services/desk/named.ts';
import { welcome } from '../services/person/welcome.ts';
import { slackErrorOf } from './judge.ts';
import { postInternal, postToPlace, type Envelope } from './post.ts';
import { publishHome } from './publish-home.ts';
import { callsMessage, directCallMessage, helpCardMessage } from './views/help-card.ts';
import { couldNotJoinMessage } from './views/join.ts';
import { reopenedMessage } from './views/reopened.ts';
import { droppedMessage, welcomeMessage } from './views/welcome.ts';

type Of<K extends Notice['kind']> = Extract<Notice, { kind: K }>;

/** What Slack says when it will not let this person in, now or later. */
const REFUSED = new Set([
  'cant_invite',
  'cant_invite_self',
  'channel_not_found',
  'external_channel_migrating',
  'invitee_cant_see_channel',
  'is_archived',
  'method_not_supported_for_channel_type',
  'no_external_invite_permission',
  'no_permission',
  'no_user',
  'not_in_channel',
  'org_user_not_in_team',
  'restricted_action',
  'ura_max_channels',
  'user_disabled',
  'user_is_restricted',
  'user_not_found',
]);

async function seatClaimed({ client, deps, workspaceId }: Envelope, { seatId }: Of<'seat.claimed'>): Promise<void> {
  const seat = await seatView(deps, workspaceId, seatId);
  if (seat?.state !== 'arriving') return;
  try {
    await client.conversations.invite({ channel: seat.channelId, users: seat.userId });
  } catch (error) {
    const reason = slackErrorOf(error);
    if (reason !== undefined && REFUSED.has(reason)) return couldNotArrive(deps, workspaceId, seatId, reason);
    if (reason !== 'already_in_channel') throw error;
  }
  await arrive(deps, workspaceId, seatId);
}

async function customerJoined(envelope: Envelope, { seatId }: Of<'customer.joined'>): Promise<void> {
  const seat = await seatView(envelope.deps, envelope.workspaceId, seatId);
  if (seat) await postToPlace(envelope, seat, joinedText(seat.liveChatName));
}

async function seatFailed(envelope: Envelope, { seatId, reason }: Of<'seat.failed'>): Promise<void> {
  const seat = await seatView(envelope.deps, envelope.workspaceId, seatId);
  if (seat) await postInternal(envelope, { userId: seat.userId }, couldNotJoinMessage(seat, reason));
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
    await client.chat.update({ channel: shown.cardChannelId, ts: shown.cardTs, ...message });
    return;
  }
  await cardPosted(deps, requestId, await postInternal(envelope, { channelId: shown.cardChannelId }, message));
}

async function called(envelope: Envelope, { requestId, round }: Of<'help.called'>): Promise<void> {
  const shown = await helpCard(envelope.deps, envelope.workspaceId, requestId);
  const calls = shown?.calls.filter((call) => call.round === round && call.way === 'mention') ?? [];
  if (shown === undefined || shown.state !== 'open' || shown.cardTs === '' || shown.isDropped) return;
  const thread = { channelId: shown.cardChannelId, threadTs: shown.cardTs };
  const sent = await postInternal(envelope, thread, callsMessage(shown, calls));
  await callsSent(
    envelope.deps,
    calls.map((call) => call.id),
    sent,
  );
}

async function calledDirect(envelope: Envelope, { requestId, callId }: Of<'help.called_direct'>): Promise<void> {
  const shown = await helpCard(envelope.deps, envelope.workspaceId, requestId);
  const call = shown?.calls.find((each) => each.id === callId);
  if (shown === undefined || call === undefined || shown.state !== 'open') return;
  const sent = await postInternal(envelope, { userId: call.userId }, directCallMessage(shown, call));
  await callsSent(envelope.deps, [callId], sent);
}

/** One message may carry several calls: it is edited once. */
function sentMessages({ calls }: HelpCard): HelpCard['calls'][] {
  const messages = new Map<string, HelpCard['calls'][number][]>();
  for (const call of calls.filter((each) => each.ts !== '')) {
    const key = `${call.channelId}/${call.ts}`;
    messages.set(key, [...(messages.get(key) ?? []), call]);
  }
  return [...messages.values()];
}

async function over({ client, deps, workspaceId }: Envelope, { requestId }: Of<'help.over'>): Promise<void> {
  const shown = await helpCard(deps, workspaceId, requestId);
  if (shown === undefined) return;
  for (const calls of sentMessages(shown)) {
    const [first] = calls;
    if (first === undefined) continue;
    const message = first.way === 'direct' ? directCallMessage(shown, first) : callsMessage(shown, calls);
    await client.chat.update({ channel: first.channelId, ts: first.ts, ...message });
  }
}

async function welcomed(envelope: Envelope, notice: Of<'person.welcomed'>): Promise<void> {
  const now = await welcome(envelope.deps, envelope.workspaceId, notice);
  if (now.desks.length + now.expertise.length === 0) return;
  await postInternal(envelope, { userId: notice.userId }, welcomeMessage(now));
}

async function dropped(envelope: Envelope, notice: Of<'help_channel.dropped'>): Promise<void> {
  const deskName = await deskNamed(envelope.deps, envelope.workspaceId, notice.deskId);
  if (deskName === undefined) return;
  await postInternal(envelope, { userId: notice.userId }, droppedMessage({ ...notice, deskName }));
}

/** Sends one notice; throws what Slack answered when it did not work. */
export async function deliver(envelope: Envelope, notice: Notice): Promise<void> {
  switch (notice.kind) {
    case 'seat.claimed':
      return seatClaimed(envelope, notice);
    case 'customer.joined':
      return customerJoined(envelope, notice);
    case 'seat.failed':
      return seatFailed(envelope, notice);
    case 'conversation.reopened':
      return reopened(envelope, notice);
    case 'help.card':
      return card(envelope, notice);
    case 'help.called':
      return called(envelope, notice);
    case 'help.called_direct':
      return calledDirect(envelope, notice);
    case 'help.over':
      return over(envelope, notice);
    case 'person.welcomed':
      return welcomed(envelope, notice);
    case 'help_channel.dropped':
      return dropped(envelope, notice);
    case 'home.changed':
      return publishHome(envelope.client, envelope.deps, { workspaceId: envelope.workspaceId, userId: notice.userId });
    default:
      return notice satisfies never;
  }
}
