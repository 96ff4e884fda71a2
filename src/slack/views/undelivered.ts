/** What could not be delivered: each in words, with what can be done about it. */
import type { KnownBlock } from '@slack/types';
import { counted } from '../../domain/wording.ts';
import type {
  UndeliveredCount,
  UndeliveredItem,
  UndeliveredList,
  UndeliveredRef,
} from '../../services/undelivered/list.ts';
import {
  actions,
  ago,
  button,
  channelLink,
  context,
  mention,
  modal,
  placeLink,
  plain,
  section,
  type Modal,
} from './blocks.ts';
import type { Message } from './help-card.ts';
import { eventWords, noticeWords, reasonWords } from './undelivered-words.ts';

export const ids = {
  /** A button anywhere that opens the list. */
  open: 'undelivered.open',
  again: 'undelivered.again',
  dismiss: 'undelivered.dismiss',
  againAll: 'undelivered.again_all',
  dismissAll: 'undelivered.dismiss_all',
  back: 'undelivered.back',
  next: 'undelivered.next',
} as const;

export const TITLE = 'Not delivered';

/** "2 messages could not be delivered and 1 event could not be worked on". */
function undeliveredWords({ notices, events }: UndeliveredCount): string {
  const lines = [
    ...(notices > 0 ? [`${counted(notices, 'message')} could not be delivered`] : []),
    ...(events > 0 ? [`${counted(events, 'event')} from Slack could not be worked on`] : []),
  ];
  return lines.join(' and ');
}

/** For the top of an administrator's Home. */
export const undeliveredBlocks = (count: UndeliveredCount): KnownBlock[] => [
  section(`:warning: ${undeliveredWords(count)}.`, button(ids.open, 'See why', { style: 'primary' })),
];

/** To administrators, at most once an hour. */
export function undeliveredMessage(count: UndeliveredCount): Message {
  const text = `:warning: ${undeliveredWords(count)}. You can have it tried again.`;
  return { text, blocks: [section(text), actions(button(ids.open, 'See why', { style: 'primary' }))] };
}

type Decision = UndeliveredRef & { page: number };

const valueOf = ({ what, id }: UndeliveredRef, page: number): string =>
  JSON.stringify({ what, id, page } satisfies Decision);

/** @throws SyntaxError for a value that is none of the buttons' */
export const readDecision = (value: string): Decision =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the only writer is the function above
  JSON.parse(value) as Decision;

function whereTo({ what, userId, place, channelId }: UndeliveredItem): string {
  const parts = [
    ...(userId === '' ? [] : [`${what === 'notice' ? 'for' : 'about'} ${mention(userId)}`]),
    ...(place === undefined ? [] : [`in ${placeLink(place)}`]),
    ...(channelId === '' ? [] : [`in ${channelLink(channelId)}`]),
  ];
  return parts.length === 0 ? '' : ` ${parts.join(', ')}`;
}

function itemBlocks(item: UndeliveredItem, page: number): KnownBlock[] {
  const words = item.what === 'notice' ? noticeWords(item.kind) : eventWords(item.kind);
  const value = valueOf(item, page);
  return [
    section(`*${words}*${whereTo(item)}\n${reasonWords(item.error)}\n${ago(item.since)}`),
    actions(
      button(ids.again, 'Try again', { value, label: `Try again: ${words}` }),
      button(ids.dismiss, 'Dismiss', { value, label: `Dismiss: ${words}` }),
    ),
  ];
}

function turning({ page, pages }: UndeliveredList): KnownBlock[] {
  const back = page > 0 ? [button(ids.back, 'Back', { value: String(page - 1) })] : [];
  const next = page + 1 < pages ? [button(ids.next, 'Next', { value: String(page + 1) })] : [];
  return pages === 1 ? [] : [context(`Page ${page + 1} of ${pages}`), actions(...back, ...next)];
}

function forAll({ count }: UndeliveredList): KnownBlock[] {
  if (count < 2) return [];
  const confirm = {
    title: plain('Dismiss all of them?'),
    text: plain('Nobody will be told what these messages say, and they leave this list.'),
    confirm: plain('Dismiss all'),
    deny: plain('Keep'),
    style: 'danger' as const,
  };
  const again = button(ids.againAll, `Try all ${count.toLocaleString('en')} again`, { style: 'primary' });
  return [actions(again, button(ids.dismissAll, 'Dismiss all', { confirm }))];
}

/** @param said what has just happened, on top */
export function undeliveredModal(list: UndeliveredList, said?: string): Modal {
  const { items, page } = list;
  const about =
    items.length === 0
      ? 'Everything was delivered. What Slack refuses, or what fails for an hour, will be listed here.'
      : 'What Slack refuses, or what fails for an hour, is listed here until you decide. Everything else went on without it.';
  return modal(TITLE, [
    ...(said === undefined ? [] : [section(said)]),
    context(about),
    ...forAll(list),
    ...items.flatMap((item) => itemBlocks(item, page)),
    ...turning(list),
  ]);
}

export function triedText(count: number): string {
  if (count === 0) return 'Somebody else has decided about this already.';
  const what = count === 1 ? 'It is' : `${counted(count, 'message')} are`;
  return `:white_check_mark: ${what} on the way again. What fails once more comes back here.`;
}

export const dismissedText = (count: number): string =>
  count === 0 ? 'Somebody else has decided about this already.' : ':white_check_mark: Dismissed.';
