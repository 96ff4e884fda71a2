/** Forwarding: somebody wants the app to choose who comes into a conversation. */
import { lengthOf } from './name.ts';
import type { Candidate, Ranking } from './selection.ts';
import { rank } from './selection.ts';
import type { SelectionOrder } from './desk.ts';
import type { LeftOut } from './standing.ts';

/** What is wished for. */
export type Wish = {
  /** Ids of expertise; absent: the conversation's; empty: none. */
  readonly wanted?: readonly string[] | undefined;
  /** ISO 639-1, '' where it is not known. */
  readonly language: string;
  /** ISO 3166-1 alpha-2, '' where it is not known. */
  readonly country: string;
  /** Who had this customer before, '' for nobody. */
  readonly previousAgent: string;
  /** Only these are considered, whether they are available or not. */
  readonly candidates?: readonly string[] | undefined;
};

export type CameFrom = 'command' | 'api' | 'step' | 'support_channel';

/** `no_answer`: those who were tried did not answer, and experts are called. */
export type ForwardState = 'open' | 'answered' | 'no_agent' | 'no_answer' | 'ended';

/** One agent's chance: arriving → waiting → answered, passed, timed out, failed, ended. */
export type TurnState = 'arriving' | 'waiting' | 'answered' | 'passed' | 'timed_out' | 'failed' | 'ended';

/** In the form so much can be wanted at once; a bot may want more. */
export const FORM_WANTED_MAX = 40;

/** In code points: of a note only agents read, and of what the customer reads once somebody has come. */
export const FORWARD_TEXT_MAX = 2000;

type Texts = { readonly note: string; readonly message: string };

/** Which of the texts of a forward is longer than it may be, and how long; undefined where none is. */
export function tooLong({
  note,
  message,
}: Texts): { readonly field: keyof Texts; readonly length: number } | undefined {
  const lengths = [
    { field: 'note', length: lengthOf(note) },
    { field: 'message', length: lengthOf(message) },
  ] as const;
  return lengths.find(({ length }) => length > FORWARD_TEXT_MAX);
}

/** So many agents are tried before Beckon asks for help itself; whom Slack would not let in do not count. */
export const TURNS_MAX = 3;

/** A conversation nobody could be found for, and in which nothing happens for this long, is *Looking for help*. */
export const NO_AGENT_MINUTES = 10;

/** Presence is asked for down the ranking until somebody is there, of this many people at most. */
export const PRESENCE_ASKED_MAX = 8;

/** So many are kept of a choice, with every factor. */
export const CONSIDERED_MAX = 20;

/** One choice as it is stored: it replays to the same winner from itself alone. */
export type DecisionRecord = {
  readonly deskId: string;
  readonly order: SelectionOrder;
  readonly wanted: readonly { readonly id: string; readonly name: string }[];
  readonly language: string;
  readonly country: string;
  readonly previousAgent: string;
  /** Only named people were considered, whether they were available or not. */
  readonly isExplicit: boolean;
  /** The best twenty, best first, with every factor. */
  readonly considered: readonly Candidate[];
  /** Agents of the desk left out, by reason; may be a minute old. */
  readonly leftOut: Partial<Record<LeftOut, number>>;
  /** Had it before, or are in it. */
  readonly except: readonly string[];
  /** Whose presence was asked for. */
  readonly asked: readonly string[];
  /** Those of them who turned out to be away. */
  readonly away: readonly string[];
};

const rankingOf = ({ order, wanted }: Pick<DecisionRecord, 'order' | 'wanted'>): Ranking => ({
  order,
  wanted: wanted.length,
});

/** Who a stored choice chose: the first of those considered, undefined for nobody. */
export const replay = (record: DecisionRecord): string | undefined =>
  rank(record.considered, rankingOf(record))[0]?.userId;
