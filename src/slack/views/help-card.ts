/** The help card, and the calls in its thread and by direct message. */
import type { KnownBlock } from '@slack/types';
import type { HelpCard } from '../../services/help/card.ts';
import { shorten } from '../../domain/name.ts';
import {
  actions,
  ago,
  askerOf,
  button,
  placeLink,
  context,
  escape,
  mention,
  quote,
  safeName,
  section,
  thePlace,
} from './blocks.ts';
import { spoken } from './spoken.ts';
import { triedInWords } from './tried.ts';

export const ids = {
  join: 'help.join',
  joinAsWell: 'help.join_as_well',
  notNow: 'help.not_now',
  panel: 'help.panel',
} as const;

export type Message = { text: string; blocks: KnownBlock[] };

/** A message must stay below Slack's 13,000 characters of blocks; a note may be longer than a card should be. */
const NOTE_SHOWN = 500;
const NAMES_SHOWN = 10;

/** "Billing, Refunds" — with ⭐ before what `starred` has; long lists are counted. */
export function names(all: readonly string[], starred: readonly string[] = []): string {
  const shown = all.slice(0, NAMES_SHOWN).map((name) => `${starred.includes(name) ? ':star: ' : ''}${safeName(name)}`);
  const left = all.length - shown.length;
  return [...shown, ...(left > 0 ? [`${left} more`] : [])].join(', ');
}

const customersOf = (card: Pick<HelpCard, 'customers'>): string =>
  card.customers.length === 0 ? 'the customer' : names(card.customers);

/** "after 3 minutes", "within a minute". */
const howSoon = (from: string, to: string): string => {
  const minutes = Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);
  if (minutes < 1) return 'within a minute';
  if (minutes < 60) return minutes === 1 ? 'after 1 minute' : `after ${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return hours === 1 ? 'after more than an hour' : `after more than ${hours} hours`;
};

/** How a request ended, in one sentence. */
function ending(card: HelpCard): string {
  if (card.joined) {
    return `:white_check_mark: ${mention(card.joined.userId)} joined ${howSoon(card.askedAt, card.joined.at)}.`;
  }
  if (card.state === 'withdrawn') return ':wave: Help is not needed any more.';
  return ':checkered_flag: The conversation was closed.';
}

const isOver = (card: HelpCard): boolean => card.state !== 'open' && card.state !== 'claimed';

function headline(card: HelpCard): string {
  const place = placeLink(card);
  if (isOver(card)) return `*${place}* with ${customersOf(card)}\n${ending(card)}`;
  const coming = card.state === 'claimed' ? '\n:hourglass_flowing_sand: Somebody is on the way in.' : '';
  return `:sos: *${place}* is looking for help for ${customersOf(card)}${coming}`;
}

/** Why nobody had to ask; empty where somebody did. */
function whyUnasked({ because, tried }: HelpCard): string {
  if (because === 'no_agent') return 'Nobody was available when it was to be forwarded.';
  if (because === 'alone') return 'Nobody was left in it.';
  if (because !== 'no_answer') return '';
  return tried.length === 0 ? 'Nobody answered.' : `${triedInWords(tried, ({ userId }) => mention(userId))}.`;
}

/** Why nobody has been called; empty where somebody was. Who is away, and why, is nobody else's business. */
function whyUncalled({ uncalled, wanted }: HelpCard): string {
  if (uncalled === 'unavailable') return 'Nobody who matches is available now. The first one back is called.';
  return uncalled === 'nobody' ? nobodyMatches(wanted) : '';
}

/** Nobody who has it, or is on the desk, could ever be called for this. */
export const nobodyMatches = (wanted: readonly string[]): string =>
  wanted.length === 0 ? 'Nobody else on the desk can be called.' : 'Nobody else who can be called has this expertise.';

const whoNeedsHelp = ({ askedBy }: HelpCard): string =>
  askedBy === '' ? 'Help is needed' : `${mention(askedBy)} needs help`;

function details(card: HelpCard): KnownBlock[] {
  const wanted = card.wanted.length === 0 ? 'Any agent of the desk' : `:mortar_board: ${names(card.wanted)}`;
  const why = [whyUnasked(card), isOver(card) ? '' : whyUncalled(card)].filter((part) => part !== '').join(' ');
  return [
    ...(card.message === '' ? [] : [quote(card.message)]),
    ...(card.note === '' ? [] : [section(`:memo: ${escape(shorten(card.note, NOTE_SHOWN))}`)]),
    ...(why === '' ? [] : [context(`:hourglass: ${why}`)]),
    context(`${wanted}  ·  asked by ${askerOf(card)}  ·  ${ago(card.askedAt)}`),
    ...(card.previous
      ? [context(`Help was asked for here before, ${ago(card.previous.askedAt)}: <${card.previous.link}|its card>`)]
      : []),
  ];
}

/** The card in the help channel: what is needed while it is open, who came and after how long once it is over. */
export function helpCardMessage(card: HelpCard): Message {
  const panel = button(ids.panel, 'Open panel', { value: card.conversationId, label: spoken('Open panel', card) });
  return {
    text: isOver(card) ? `Help is not needed any more in ${thePlace(card)}.` : `Help is needed in ${thePlace(card)}.`,
    blocks: [
      section(headline(card)),
      ...details(card),
      ...(card.state === 'open' ? [actions(joinButton(card), panel)] : []),
    ],
  };
}

type CallLine = { userId: string; matched: readonly string[]; declinedAt: string | undefined };

const callLine = (call: CallLine): string => {
  const why = call.matched.length === 0 ? 'on this desk' : `:star: ${names(call.matched)}`;
  const declined = call.declinedAt === undefined ? '' : ' — not now';
  return `${mention(call.userId)} ${why}${declined}`;
};

/** For whoever was called here and came; of the others nothing was needed in the end. */
const thanks = ({ joined }: HelpCard, called: readonly { userId: string }[]): string =>
  called.some(({ userId }) => userId === joined?.userId) ? ' Thank you.' : '';

/** The message in the card's thread that calls a round by mention, or says how it ended. */
export function callsMessage(card: HelpCard, calls: readonly CallLine[]): Message {
  const lines = calls.map(callLine).join('\n');
  if (isOver(card)) {
    const text = `${ending(card)}${thanks(card, calls)}`;
    const called = calls.map((call) => mention(call.userId)).join(', ');
    return { text, blocks: [section(text), context(`Called: ${called}`)] };
  }
  return {
    text: `Can one of you help? ${calls.map((call) => mention(call.userId)).join(' ')}`,
    blocks: [section(`Can one of you help?\n${lines}`), callButtons(card)],
  };
}

const joinButton = (card: HelpCard) =>
  button(ids.join, 'Join', { value: card.requestId, style: 'primary', label: spoken('Join', card) });

const callButtons = (card: HelpCard) =>
  actions(joinButton(card), button(ids.notNow, 'Not now', { value: card.requestId, label: spoken('Not now', card) }));

/** A call by direct message, or how it ended. */
export function directCallMessage(card: HelpCard, call: CallLine): Message {
  if (isOver(card)) {
    const text = `${placeLink(card)}: ${ending(card)}${thanks(card, [call])}`;
    return { text, blocks: [section(text)] };
  }
  const why = call.matched.length === 0 ? 'You are on its desk.' : `:star: You know about ${names(call.matched)}.`;
  const text = `:sos: ${whoNeedsHelp(card)} in ${thePlace(card)} with ${customersOf(card)}.`;
  if (call.declinedAt !== undefined) {
    const declined = `${text}\nYou said *Not now*. Should you be free after all, you can still join.`;
    return { text, blocks: [section(declined), actions(joinButton(card))] };
  }
  return { text, blocks: [section(`${text}\n${why}`), ...details(card), callButtons(card)] };
}

/** A person, or a user group, which only messages can mention. */
export const mentionAny = (id: string): string => (id.startsWith('S') ? `<!subteam^${id}>` : mention(id));

/** The call of the desk's fallback, in the card's thread or by direct message, or how it ended. */
export function fallbackMessage(card: HelpCard): Message {
  const who = mentionAny(card.fallback.to);
  const isDirect = card.fallback.way === 'direct';
  if (isOver(card)) {
    const end = `${ending(card)}${thanks(card, [{ userId: card.fallback.to }])}`;
    const text = isDirect ? `${placeLink(card)}: ${end}` : end;
    return { text, blocks: [section(text), ...(isDirect ? [] : [context(`Called: ${who}`)])] };
  }
  const desk = card.deskName === '' ? 'its desk' : safeName(card.deskName);
  const text = isDirect
    ? `:sos: ${whoNeedsHelp(card)} in ${thePlace(card)} with ${customersOf(card)}. Nobody has joined, and you are whom ${desk} falls back to.`
    : `${who} nobody has joined yet, and you are whom ${desk} falls back to. Can you help?`;
  return { text, blocks: [section(text), ...(isDirect ? details(card) : []), actions(joinButton(card))] };
}
