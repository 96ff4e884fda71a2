/** *Why this agent?*: the choices made for a conversation, in words. */
import type { KnownBlock } from '@slack/types';
import { countryName } from '../../domain/countries.ts';
import type { SelectionOrder } from '../../domain/desk.ts';
import { languageName } from '../../domain/languages.ts';
import type { LeftOut } from '../../domain/standing.ts';
import { counted, listed } from '../../domain/wording.ts';
import type { DecisionView, Why } from '../../services/forward/decision.ts';
import {
  askerOf,
  clockTime,
  context,
  dateTime,
  divider,
  mention,
  modal,
  placeLink,
  safeName,
  section,
  thePlace,
  type Modal,
} from './blocks.ts';
import { paragraphs } from './form.ts';
import { names } from './help-card.ts';
import { reasonsOf } from './reasons.ts';

export const ids = {
  /** A button whose value is a conversation. */
  open: 'why.open',
} as const;

type Order = { readonly name: string; readonly steps: readonly string[] };

/** What is compared, the most important first; the next only among those equal so far. */
const ORDERS: Record<SelectionOrder, Order> = {
  expertise_first: {
    name: 'expertise first',
    steps: [
      'known to be there',
      'knows most about it',
      'speaks the language',
      'is in the country',
      'had this customer before',
      'has not just come into another conversation',
      'is less busy',
      'was forwarded to longest ago',
    ],
  },
  language_first: {
    name: 'language first',
    steps: [
      'had this customer before',
      'speaks the language, those who know all about it first',
      'is in the country, those who know all about it first',
      'knows all about it, or some of it',
      'known to be there',
      'has not just come into another conversation',
      'is less busy',
      'was forwarded to longest ago',
    ],
  },
};

const orderOf = (order: SelectionOrder, deskName: string): string => {
  const { name, steps } = ORDERS[order];
  const desk = deskName === '' ? '' : ` (desk ${safeName(deskName)})`;
  return [`*Order*  ${name}${desk}`, ...steps.map((step, index) => `${index + 1}. ${step}`)].join('\n');
};

const RUNNERS_UP = 4;
const PEOPLE_NAMED = 10;

function people(userIds: readonly string[]): string {
  const left = userIds.length - PEOPLE_NAMED;
  return listed([...userIds.slice(0, PEOPLE_NAMED).map(mention), ...(left > 0 ? [`${left} more`] : [])]);
}

const have = (count: number, words: string): string => `${count.toLocaleString('en')} ${words}`;

/** Do not disturb and huddles are the business of that person and of administrators. */
const PRIVATE: ReadonlySet<LeftOut> = new Set(['do_not_disturb', 'in_huddle']);

const LEFT_OUT: Record<LeftOut, string> = {
  not_a_member: 'no longer a full member',
  preferences: 'taking no conversations',
  paused: 'paused',
  out_of_office: 'out of office',
  do_not_disturb: 'in do not disturb',
  at_capacity: 'at the desk’s limit of conversations',
  in_huddle: 'in a huddle',
  away: 'away',
};

const REASONS: readonly LeftOut[] = [
  'not_a_member',
  'preferences',
  'paused',
  'out_of_office',
  'do_not_disturb',
  'at_capacity',
  'in_huddle',
  'away',
];

/**
 * "5 were left out: 2 away, 1 paused and 2 not available."; '' where nobody was.
 *
 * @param tellsAll for administrators, who may know who does not want to be disturbed or is in a huddle
 */
export function leftOutInWords(leftOut: DecisionView['record']['leftOut'], tellsAll: boolean): string {
  const counts = REASONS.flatMap((reason) => {
    const count = leftOut[reason] ?? 0;
    return count === 0 ? [] : [{ reason, count }];
  });
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return '';
  const told = counts.filter(({ reason }) => tellsAll || !PRIVATE.has(reason));
  const untold = all - told.reduce((sum, { count }) => sum + count, 0);
  const why = [
    ...told.map(({ reason, count }) => have(count, LEFT_OUT[reason])),
    ...(untold > 0 ? [have(untold, 'not available')] : []),
  ];
  return `${counted(all, 'agent')} of the desk ${all === 1 ? 'was' : 'were'} left out: ${listed(why)}.`;
}

/** What became of somebody's turn. */
function endOf({ turn }: DecisionView): string {
  if (turn === undefined) return '';
  const at = turn.endedAt === undefined ? '' : `, ${clockTime(turn.endedAt)}`;
  switch (turn.state) {
    case 'arriving':
      return 'on the way in';
    case 'waiting':
      return 'has it now';
    case 'answered':
      return `answered${at}`;
    case 'passed':
      return `passed it on${at}`;
    case 'timed_out':
      return `did not answer in time${at}`;
    case 'failed':
      return turn.reason === 'off_desk' ? `left the desk${at}` : `could not be added by Slack${at}`;
    case 'ended':
      return `somebody else took it over, or it was closed${at}`;
    default:
      return turn.state satisfies never;
  }
}

function wish({ record, deskName }: DecisionView): string {
  const { wanted, language, country, previousAgent, order, isExplicit } = record;
  const facts = [
    `*Wanted*  ${wanted.length === 0 ? 'no expertise' : names(wanted.map(({ name }) => name))}`,
    ...(language === '' ? [] : [`*Language*  ${languageName(language)}`]),
    ...(country === '' ? [] : [`*Country*  ${countryName(country)}`]),
    ...(previousAgent === '' ? [] : [`*Had this customer before*  ${mention(previousAgent)}`]),
    isExplicit
      ? '*Considered*  only the people who were named, whether they were available or not'
      : orderOf(order, deskName),
  ];
  return facts.join('\n');
}

function chosen(decision: DecisionView): string {
  const [winner] = decision.considered;
  const by = askerOf({ askedBy: decision.forward.askedBy, askedWith: decision.askedWith });
  const when = `${dateTime(decision.decidedAt)}, asked by ${by}`;
  if (winner === undefined) return `*Nobody was available*  ·  ${when}`;
  return `*${mention(winner.userId)}*  ·  ${when}\n${reasonsOf(winner, decision.record)}`;
}

function runnersUp(decision: DecisionView): KnownBlock[] {
  const [, ...others] = decision.considered;
  if (others.length === 0) return [];
  const lines = others
    .slice(0, RUNNERS_UP)
    .map((who, index) => `${index + 2}. ${mention(who.userId)}: ${reasonsOf(who, decision.record)}`);
  const left = others.length - RUNNERS_UP;
  const more = left > 0 ? [`and ${left} more`] : [];
  const { blocks } = paragraphs(['*After them*', ...lines, ...more], { blocksMax: 3, charactersMax: 8000 });
  return blocks;
}

function notConsidered({ record }: DecisionView, tellsAll: boolean): KnownBlock[] {
  const { leftOut, asked, away, except, isExplicit } = record;
  const asking =
    isExplicit || asked.length === 0
      ? ''
      : `Slack was asked whether ${people(asked)} ${asked.length === 1 ? 'is' : 'are'} there${away.length === 0 ? '.' : `; away: ${people(away)}.`}`;
  const facts = [
    isExplicit ? '' : leftOutInWords(leftOut, tellsAll),
    asking,
    except.length === 0 ? '' : `In it or tried already: ${people(except)}.`,
  ].filter((fact) => fact !== '');
  return facts.length === 0 ? [] : [context(facts.join('\n'))];
}

const turnLine = (decision: DecisionView): string => {
  const [winner] = decision.considered;
  if (winner === undefined) return `${clockTime(decision.decidedAt)}  Nobody was available`;
  return `${clockTime(decision.decidedAt)}  ${mention(winner.userId)}: ${endOf(decision)}`;
};

const earlierLine = (decision: DecisionView): string => {
  const [winner] = decision.considered;
  const when = dateTime(decision.decidedAt);
  if (winner === undefined) return `${when}  ·  nobody was available`;
  return `${when}  ·  ${mention(winner.userId)}: ${reasonsOf(winner, decision.record)}  ·  ${endOf(decision)}`;
};

function listing(title: string, all: readonly string[]): KnownBlock[] {
  if (all.length === 0) return [];
  const { blocks, left } = paragraphs([`*${title}*`, ...all], { blocksMax: 4, charactersMax: 10_000 });
  return [...blocks, ...(left > 0 ? [context(`and ${left} more`)] : [])];
}

/** The last choice with everything that led to it, the turns of its forward, and earlier choices in a line each. */
export function whyModal({ decisions, isAdministrator, ...place }: Why): Modal {
  const [last, ...before] = decisions;
  if (last === undefined) {
    return modal('Why nobody?', [
      section(
        `Nothing was forwarded in ${thePlace(place)} yet, so nobody was chosen. \`/livechat forward\` shows who would be, and why.`,
      ),
    ]);
  }
  const sameForward = before.filter(({ forward }) => forward.id === last.forward.id);
  const turns = [last, ...sameForward].toReversed();
  const earlier = before.filter(({ forward }) => forward.id !== last.forward.id);
  return modal(last.considered.length === 0 ? 'Why nobody?' : 'Why this agent?', [
    section(placeLink(place)),
    section(chosen(last)),
    section(wish(last)),
    ...runnersUp(last),
    ...notConsidered(last, isAdministrator),
    ...listing('Turns', turns.map(turnLine)),
    ...(earlier.length === 0 ? [] : [divider, ...listing('Earlier choices', earlier.map(earlierLine))]),
  ]);
}
