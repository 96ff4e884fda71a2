/** Requests that look for help, on Home and in the list. */
import type { KnownBlock } from '@slack/types';
import type { Waiting, WaitingRow } from '../../services/help/list.ts';
import { shorten } from '../../domain/name.ts';
import {
  actions,
  ago,
  button,
  placeLink,
  context,
  divider,
  escape,
  mention,
  modal,
  section,
  type Modal,
} from './blocks.ts';
import { ids as card, names } from './help-card.ts';

export const ids = { open: 'help_list.open', back: 'help_list.back', next: 'help_list.next' } as const;

const NOTE_SHOWN = 200;

const aboutOf = (row: WaitingRow): string => {
  const wanted = row.wanted.length === 0 ? 'any agent of the desk' : names(row.wanted, row.matched);
  return `${wanted}  ·  asked ${ago(row.askedAt)} by ${mention(row.askedBy)}`;
};

/** One request: ⭐ where it wants what the reader knows, who it is for, how long it has waited, and the way in. */
export function waitingBlocks(row: WaitingRow): KnownBlock[] {
  const star = row.matched.length > 0 ? ':star: ' : '';
  const note = row.note === '' ? '' : `\n>${escape(shorten(row.note.replace(/\s+/g, ' '), NOTE_SHOWN))}`;
  const customer = row.customers.length === 0 ? '' : `  with ${names(row.customers)}`;
  const join = button(card.join, 'Join', {
    value: row.requestId,
    style: 'primary',
    label: `Join the conversation with ${row.customers[0] ?? 'the customer'}`,
  });
  const panel = button(card.panel, 'Open panel', { value: row.conversationId });
  return [
    section(`${star}*${placeLink(row)}*${customer}${note}`),
    context(aboutOf(row)),
    actions(...(row.isIn ? [panel] : [join, panel])),
  ];
}

const EMPTY =
  'Nobody is looking for help. When a colleague is stuck it stands here, with a :star: where it wants what you know.';

export const waitingSection = ({ rows }: Waiting): KnownBlock[] =>
  rows.length === 0 ? [section(EMPTY)] : rows.flatMap(waitingBlocks);

/** The list in full, twenty a page. */
export function helpListModal({ rows, more, page }: Waiting & { page: number }): Modal {
  const back = page > 0 ? [button(ids.back, 'Back', { value: String(page - 1) })] : [];
  const next = more > 0 ? [button(ids.next, `Next (${more} more)`, { value: String(page + 1) })] : [];
  const turn = [...back, ...next];
  return modal('Looking for help', [
    ...waitingSection({ rows, more }),
    ...(turn.length > 0 ? [divider, actions(...turn)] : []),
  ]);
}
