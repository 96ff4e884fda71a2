/** The picker of people to invite. */
import type { Checkboxes, InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import { INVITEES_A_PAGE } from '../../domain/inviting.ts';
import { languageName } from '../../domain/languages.ts';
import { shorten } from '../../domain/name.ts';
import type { InvitePicker, InviteRow, Looking } from '../../services/conversation/invite-picker.ts';
import type { Invited } from '../../services/conversation/invite.ts';
import {
  actions,
  button,
  channelLink,
  context,
  mention,
  messageModal,
  modal,
  OPTION_MAX,
  plain,
  section,
  thePlace,
  type Modal,
} from './blocks.ts';
import { input, option, readChoices, readMetadata, readText, type SubmittedForm } from './form.ts';
import { names } from './help-card.ts';

export const ids = {
  form: 'invite',
  /** A button anywhere whose value is a conversation. */
  open: 'invite.open',
  /** Opens a conversation in the channel that is its value, then picks. */
  begin: 'invite.begin',
  search: 'invite.search',
  having: 'invite.having',
  back: 'invite.back',
  next: 'invite.next',
} as const;

const SEARCH_MAX = 80;
const HAVING_MAX = 10;
/** Slack's limit of one group. https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element */
const TICKS_A_GROUP = 10;
const NAME_SHOWN = 40;
const LANGUAGES_SHOWN = 3;
const CHOSEN_SHOWN = 30;

/** What the form keeps beside its fields: what is shown, whom the person ticked on other pages, and which list it is. */
type Kept = Looking & {
  readonly chosen: readonly string[];
  /** Grows with every new list, so that no tick of one is taken for a tick of another. */
  readonly turn: number;
};

const PRESENCE = { active: '🟢 active', away: '⚪ away', unknown: '❔ presence not known' } as const;

/** Not available, never why: who is away is seen to be, of everybody else only that. */
function presenceOf({ presence, isAvailable }: InviteRow): string {
  const shown = PRESENCE[presence];
  return isAvailable || presence === 'away' ? shown : `${shown}, not available`;
}

const conversationsOf = ({ conversations }: InviteRow): string => `${conversations} open`;

/** What somebody knows, the wanted ones starred first, and what they speak; as much as fits. */
function knowledgeOf({ wanted, expertise, languages }: InviteRow): string {
  const speaks = languages.slice(0, LANGUAGES_SHOWN).map(languageName).join(', ');
  const tail = speaks === '' ? '' : ` · ${speaks}`;
  const all = [...wanted.map((name) => `⭐ ${name}`), ...expertise];
  const knows = all.length === 0 ? 'no expertise' : all.join(', ');
  return `🎓 ${shorten(knows, OPTION_MAX - 2 - Array.from(tail).length)}${tail}`;
}

const tick = (row: InviteRow): PlainTextOption => {
  const facts = ` · ${presenceOf(row)} · ${conversationsOf(row)}`;
  return {
    ...option(`${shorten(row.name, NAME_SHOWN)}${facts}`, row.userId),
    description: plain(shorten(knowledgeOf(row), OPTION_MAX)),
  };
};

const GROUP = 'people';

function groupsOf({ rows, page }: InvitePicker, { chosen, turn }: Kept): InputBlock[] {
  const starts = Array.from({ length: Math.ceil(rows.length / TICKS_A_GROUP) }, (_, index) => index * TICKS_A_GROUP);
  return starts.map((start) => {
    const options = rows.slice(start, start + TICKS_A_GROUP).map(tick);
    const ticked = options.filter(({ value }) => value !== undefined && chosen.includes(value));
    const element: Checkboxes = {
      type: 'checkboxes',
      options,
      ...(ticked.length > 0 && { initial_options: ticked }),
    };
    const first = page * INVITEES_A_PAGE + start + 1;
    const label = starts.length === 1 ? 'Agents' : `Agents ${first} to ${first + options.length - 1}`;
    return input(`${GROUP}.${turn}.${start}`, label, element, { optional: true });
  });
}

function filters(): KnownBlock[] {
  const search = input(
    'search',
    'Search by name',
    {
      type: 'plain_text_input',
      max_length: SEARCH_MAX,
      placeholder: plain('Type a name and press Enter'),
      dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
    },
    { optional: true, actionId: ids.search },
  );
  const having = input(
    'having',
    'Only people who know about',
    {
      type: 'multi_external_select',
      min_query_length: 0,
      max_selected_items: HAVING_MAX,
      placeholder: plain('Any expertise'),
    },
    { optional: true, actionId: ids.having },
  );
  return [
    { ...search, dispatch_action: true },
    { ...having, dispatch_action: true },
  ];
}

function empty({ search, having }: InvitePicker): KnownBlock[] {
  const filtered = search !== '' || having.length > 0;
  return [
    section(
      filtered
        ? 'Nobody fits. Search for part of a name, or take the filter out.'
        : 'All agents are in this conversation, or nobody is an agent yet.',
    ),
  ];
}

function alsoChosen({ chosenElsewhere }: InvitePicker): KnownBlock[] {
  if (chosenElsewhere.length === 0) return [];
  const shown = chosenElsewhere.slice(0, CHOSEN_SHOWN).map(({ userId }) => mention(userId));
  const left = chosenElsewhere.length - shown.length;
  return [context(`Also ticked: ${shown.join(', ')}${left > 0 ? ` and ${left} more` : ''}`)];
}

/**
 * Thirty agents at a time, to tick.
 *
 * @param chosen whom this person has ticked so far; `turn`: which list of theirs this is
 */
export function inviteModal(
  picker: InvitePicker,
  { chosen, turn }: { chosen: readonly string[]; turn: number },
): Modal {
  const { conversationId, page, search, having, rows, hasMore } = picker;
  const kept: Kept = { conversationId, page, search, having, chosen, turn };
  const wanted = picker.wanted.length === 0 ? '' : `\nIt is about ${names(picker.wanted, picker.wanted)}.`;
  const turns = [...(page > 0 ? [button(ids.back, 'Back')] : []), ...(hasMore ? [button(ids.next, 'Next')] : [])];
  return modal(
    'Invite people',
    [
      section(`Who should come into *${thePlace(picker)}*? The customer reads who joined.${wanted}`),
      ...filters(),
      ...alsoChosen(picker),
      ...(rows.length === 0 ? empty(picker) : groupsOf(picker, kept)),
      ...(turns.length > 0 ? [actions(...turns)] : []),
    ],
    { callbackId: ids.form, submit: 'Invite', close: 'Cancel', metadata: kept },
  );
}

export type InviteForm = {
  readonly looking: Looking;
  readonly turn: number;
  /** Everybody ticked, on this page and on others. */
  readonly chosen: readonly string[];
  /** What is typed and chosen above the list now. */
  readonly typed: { readonly search: string; readonly having: readonly string[] };
};

type Group = { readonly block_id?: string; readonly element?: { readonly options?: readonly { value?: string }[] } };

/** What stands in the picker now. */
export function readInvite(form: SubmittedForm): InviteForm {
  const { chosen, turn, ...looking } = readMetadata<Kept>(form);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the blocks are our own, echoed by Slack
  const groups = (form.blocks as readonly Group[]).filter((block) => block.block_id?.startsWith(`${GROUP}.`));
  const shown = groups.flatMap((group) => group.element?.options ?? []).map(({ value }) => value);
  const ticked = groups.flatMap((group) => readChoices(form, group.block_id ?? ''));
  return {
    looking,
    turn,
    chosen: [...new Set([...chosen.filter((userId) => !shown.includes(userId)), ...ticked])],
    typed: { search: readText(form, 'search'), having: readChoices(form, 'having') },
  };
}

const people = (userIds: readonly string[]): string => userIds.map(mention).join(', ');

/** Who comes now, and who does not. */
export function invitedModal(invited: Invited): Modal {
  const place = thePlace(invited);
  const lines = [
    ...(invited.invited.length > 0
      ? [
          `:wave: ${people(invited.invited)} ${invited.invited.length === 1 ? 'is' : 'are'} being added to ${place}. Should Slack not let somebody in, Beckon writes to you.`,
        ]
      : []),
    ...(invited.alreadyIn.length > 0 ? [`${people(invited.alreadyIn)}: in it already.`] : []),
    ...(invited.unfit.length > 0 ? [`${people(invited.unfit)}: no agent any more, so not invited.`] : []),
  ];
  return messageModal('Invite people', lines.join('\n'));
}

/** In a channel where no conversation is open: what inviting is, and the way there. Nothing about anybody. */
export const nothingToInviteToModal = (channelId: string): Modal =>
  modal('Invite people', [
    section(
      `People are invited into conversations, and none is open in ${channelLink(channelId)}. Open one for its customer, then choose who comes in.`,
    ),
    actions(button(ids.begin, 'Open a conversation here', { value: channelId, style: 'primary' })),
  ]);
