/** Who gets a conversation: the order in which those who can take it are preferred (design, "Selection"). */
import { busyness } from './busy.ts';
import type { SelectionOrder } from './desk.ts';

/** What ranking knows of one agent, for one wish. */
export type Candidate = {
  readonly userId: string;
  /** Ids of the wanted expertise they have. */
  readonly covers: readonly string[];
  readonly speaks: boolean;
  readonly isInCountry: boolean;
  readonly isPrevious: boolean;
  /** Slack has not said lately whether they are there. */
  readonly isUnknown: boolean;
  /** Came into a conversation a moment ago. */
  readonly inBuffer: boolean;
  /** Open conversations active in the last half hour, of all desks. */
  readonly load: number;
  readonly inCall: boolean;
  /** ISO 8601 UTC, '' for never. */
  readonly lastForwardedAt: string;
};

export type Ranking = {
  readonly order: SelectionOrder;
  /** How many expertise are wanted. */
  readonly wanted: number;
};

/**
 * The tier of Odoo 19 somebody is in, best is 0: the previous agent outright, unless in a call with two or more conversations; then by
 * language, by country, and by neither, each time all of the wanted expertise before any of it before none.
 */
export function tierOf(who: Candidate, wanted: number): number {
  if (who.isPrevious && !(who.inCall && who.load >= 2)) return 0;
  // With nothing wanted everybody has all of it, and nobody any.
  const knows = who.covers.length === wanted ? 0 : who.covers.length > 0 ? 1 : 2;
  if (who.speaks) return 1 + knows;
  return (who.isInCountry ? 4 : 7) + knows;
}

const EVERYONE = 9;

const expertiseFirst = (who: Candidate): readonly number[] => [
  Number(who.isUnknown),
  -who.covers.length,
  -Number(who.speaks),
  -Number(who.isInCountry),
  -Number(who.isPrevious),
  Number(who.inBuffer),
  busyness(who.load, who.inCall),
];

function languageFirst(who: Candidate, wanted: number): readonly number[] {
  const tier = tierOf(who, wanted);
  return [
    tier,
    tier === 0 ? 0 : Number(who.isUnknown),
    tier === EVERYONE ? 0 : Number(who.inBuffer),
    busyness(who.load, who.inCall),
  ];
}

const keysOf = (who: Candidate, { order, wanted }: Ranking): readonly number[] =>
  order === 'expertise_first' ? expertiseFirst(who) : languageFirst(who, wanted);

const compareText = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** Negative where `a` is preferred. Never 0 for two people: ties end at longest since last forwarded to, then the user id. */
function compareCandidates(a: Candidate, b: Candidate, ranking: Ranking): number {
  const other = keysOf(b, ranking);
  for (const [index, key] of keysOf(a, ranking).entries()) {
    const difference = key - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return compareText(a.lastForwardedAt, b.lastForwardedAt) || compareText(a.userId, b.userId);
}

/** Everybody, best first; the order they come in does not matter. */
export const rank = (candidates: readonly Candidate[], ranking: Ranking): Candidate[] =>
  [...candidates].sort((a, b) => compareCandidates(a, b, ranking));

/** The same as if Slack had said of everybody that they are there: the order in which presence is worth asking for. */
export const rankToAsk = (candidates: readonly Candidate[], ranking: Ranking): Candidate[] =>
  [...candidates].sort((a, b) => compareCandidates({ ...a, isUnknown: false }, { ...b, isUnknown: false }, ranking));
