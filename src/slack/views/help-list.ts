/** Requests that look for help, on Home and in the list. */
import type { Checkboxes, KnownBlock, StaticSelect } from '@slack/types';
import type { HelpList, ListFilter, Waiting, WaitingRow } from '../../services/help/list.ts';
import { shorten } from '../../domain/name.ts';
import {
  actions,
  ago,
  askerOf,
  button,
  context,
  divider,
  escape,
  modal,
  plain,
  section,
  type Modal,
} from './blocks.ts';
import { apart, conversationTitle } from './conversation-row.ts';
import { option } from './form.ts';
import { ids as card, names } from './help-card.ts';
import { spokenEach } from './spoken.ts';

export const ids = {
  open: 'help_list.open',
  back: 'help_list.back',
  next: 'help_list.next',
  filter: 'help_list.filter',
  all: 'help_list.all',
  desk: 'help_list.desk',
} as const;

const NOTE_SHOWN = 200;

const aboutOf = (row: WaitingRow): string => {
  const wanted = row.wanted.length === 0 ? 'any agent of the desk' : names(row.wanted, row.matched);
  return `${wanted}  ·  asked ${ago(row.askedAt)} by ${askerOf(row)}`;
};

/** One request: ⭐ where it wants what the reader knows, who it is for, how long it has waited, and the way in. */
type Named = { title: string; join: string; panel: string };

function waitingBlocks(row: WaitingRow, named: Named): KnownBlock[] {
  const note = row.note === '' ? '' : `\n>${escape(shorten(row.note.replace(/\s+/g, ' '), NOTE_SHOWN))}`;
  const join = button(card.join, 'Join', { value: row.requestId, style: 'primary', label: named.join });
  const panel = button(card.panel, 'Open panel', { value: row.conversationId, label: named.panel });
  return [
    section(`${named.title}${note}`),
    context(aboutOf(row)),
    ...(row.mayJoin ? [actions(...(row.isIn ? [panel] : [join, panel]))] : []),
  ];
}

const EMPTY =
  'Nobody is looking for help. When a colleague is stuck you see it here, with a :star: where it wants what you know.';

const titleOf = (row: WaitingRow): string => `${row.matched.length > 0 ? ':star: ' : ''}${conversationTitle(row)}`;

export function waitingSection({ rows }: Pick<Waiting, 'rows'>): KnownBlock[] {
  if (rows.length === 0) return [section(EMPTY)];
  const titles = apart(rows.map(titleOf));
  const [joins, panels] = [spokenEach('Join', rows), spokenEach('Open panel', rows)];
  return rows.flatMap((row, index) =>
    waitingBlocks(row, { title: titles[index] ?? '', join: joins[index] ?? '', panel: panels[index] ?? '' }),
  );
}

/** What a filter left nothing of, and the way back to everything. */
const nothingFits = (): KnownBlock =>
  section('Nothing that is looking for help fits these filters.', button(ids.all, 'Show all'));

const MINE = option('My expertise', 'mine');
const MY_LANGUAGES = option('My languages', 'languages');
const ALL = 'all';
const ALL_DESKS = option('All desks', ALL);

/** Slack's limit of options in one list. */
const DESKS_SHOWN_MAX = 99;

function filters({ filter, desks }: HelpList, turn: number): KnownBlock {
  const chosen = [...(filter.mine ? [MINE] : []), ...(filter.myLanguages ? [MY_LANGUAGES] : [])];
  const options = desks.slice(0, DESKS_SHOWN_MAX).map((desk) => option(desk.name, desk.id));
  const boxes: Checkboxes = {
    type: 'checkboxes',
    action_id: ids.filter,
    options: [MINE, MY_LANGUAGES],
    ...(chosen.length > 0 && { initial_options: chosen }),
  };
  const select: StaticSelect = {
    type: 'static_select',
    action_id: ids.desk,
    placeholder: plain('Desk'),
    options: [ALL_DESKS, ...options],
    initial_option: options.find(({ value }) => value === filter.deskId) ?? ALL_DESKS,
  };
  return { type: 'actions', block_id: `${FILTERS}${turn}`, elements: desks.length > 1 ? [boxes, select] : [boxes] };
}

const FILTERS = 'filters.';

/**
 * The list in full, twenty a page, with its filters.
 *
 * @param turn Slack keeps what is chosen in a control of the same name: to clear the filters, they are named anew
 */
export function helpListModal(list: HelpList, turn = 0): Modal {
  const { rows, more, page, filter } = list;
  const back = page > 0 ? [button(ids.back, 'Back', { value: String(page - 1) })] : [];
  const next = more > 0 ? [button(ids.next, `Next (${more} more)`, { value: String(page + 1) })] : [];
  const pages = [...back, ...next];
  const isFiltered = filter.mine || filter.myLanguages || filter.deskId !== '';
  return modal('Looking for help', [
    filters(list, turn),
    divider,
    ...(rows.length === 0 && isFiltered ? [nothingFits()] : waitingSection({ rows })),
    ...(pages.length > 0 ? [divider, actions(...pages)] : []),
  ]);
}

type FilterState = {
  readonly state: {
    readonly values: Readonly<
      Record<
        string,
        Readonly<
          Record<
            string,
            {
              readonly selected_options?: readonly { readonly value: string }[] | null;
              readonly selected_option?: { readonly value: string } | null;
            }
          >
        >
      >
    >;
  };
};

const filtersIn = ({ state }: FilterState): string =>
  Object.keys(state.values).find((blockId) => blockId.startsWith(FILTERS)) ?? `${FILTERS}0`;

/** Which filters these are, counted from 0. */
export const readFilterTurn = (view: FilterState): number => Number(filtersIn(view).slice(FILTERS.length)) || 0;

/** What the reader has chosen to see. */
export function readFilter(view: FilterState): ListFilter {
  const values = view.state.values[filtersIn(view)] ?? {};
  const boxes = (values[ids.filter]?.selected_options ?? []).map(({ value }) => value);
  const desk = values[ids.desk]?.selected_option?.value ?? ALL;
  return {
    mine: boxes.includes('mine'),
    myLanguages: boxes.includes('languages'),
    deskId: desk === ALL ? '' : desk,
  };
}
