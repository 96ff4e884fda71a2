/** Calls for help, and how they ended. */
import type { Notice } from '../domain/notice.ts';
import { callDirectly } from '../services/help/call-directly.ts';
import { callsSent, helpCard, type HelpCard } from '../services/help/card.ts';
import { postInternal, type Envelope } from './post.ts';
import { updateInternal } from './update-internal.ts';
import { callsMessage, directCallMessage, fallbackMessage } from './views/help-card.ts';

type Of<K extends Notice['kind']> = Extract<Notice, { kind: K }>;

/** A round of calls by mention, as one message in the card's thread. */
export async function deliverCalled(envelope: Envelope, { requestId, callIds }: Of<'help.called'>): Promise<void> {
  const shown = await helpCard(envelope.deps, envelope.workspaceId, requestId);
  const calls = shown?.calls.filter((call) => callIds.includes(call.id)) ?? [];
  if (shown?.state !== 'open') return;
  if (shown.cardTs === '' || shown.isDropped) {
    return callDirectly(envelope.deps, envelope.workspaceId, { requestId, callIds });
  }
  const thread = { channelId: shown.cardChannelId, threadTs: shown.cardTs };
  const sent = await postInternal(envelope, thread, callsMessage(shown, calls));
  await callsSent(
    envelope.deps,
    calls.map((call) => call.id),
    sent,
  );
}

/** One call by direct message. */
export async function deliverCalledDirect(
  envelope: Envelope,
  { requestId, callId }: Of<'help.called_direct'>,
): Promise<void> {
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

/** Every call sent says how it ended. */
export async function deliverOver(envelope: Envelope, { requestId }: Of<'help.over'>): Promise<void> {
  const shown = await helpCard(envelope.deps, envelope.workspaceId, requestId);
  if (shown === undefined) return;
  for (const calls of sentMessages(shown)) {
    const [first] = calls;
    if (first === undefined) continue;
    const isDirect = first.way === 'direct';
    const message = isDirect ? directCallMessage(shown, first) : callsMessage(shown, calls);
    await updateInternal(envelope, { ...first, userId: isDirect ? first.userId : undefined }, message);
  }
  const { to, channelId, ts } = shown.fallback;
  if (ts === '') return;
  const userId = channelId === shown.cardChannelId ? undefined : to;
  await updateInternal(envelope, { channelId, ts, userId }, fallbackMessage(shown));
}
