/** Who could take a conversation, best first, from what is stored. */
import { CONSIDERED_MAX, type Wish } from '../../domain/forward.ts';
import { rank, rankToAsk, type Candidate } from '../../domain/selection.ts';
import type { NamedExpertise } from '../../store/conversation-expertise.ts';
import { transaction, type Handle, type Trx } from '../../store/db.ts';
import type { ChoosingDesk } from '../../store/desks.ts';
import { listShortlist, type ShortlistQuery } from '../../store/shortlist.ts';
import { refreshStandings, STANDINGS_BATCH } from '../../store/standings.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';
import { namedCandidates } from './candidates.ts';

/** What is chosen for. */
export type Choice = {
  readonly workspaceId: string;
  readonly desk: ChoosingDesk;
  readonly wish: Omit<Wish, 'wanted'>;
  readonly wanted: readonly NamedExpertise[];
  /** Had it before, or are in it. */
  readonly except: readonly string[];
};

/** By what it is ranked. */
export const orderOf = ({ desk, wanted }: Choice) => ({ order: desk.selectionOrder, wanted: wanted.length });

/**
 * Works out where everybody stands about whom something has changed, so that the ranking is right. In portions: a rule of a desk may have
 * changed for thousands, and what others do meanwhile comes in between.
 */
export async function bringUpToDate(deps: Deps, choice: Choice): Promise<void> {
  const awayEmoji = (await findWorkspace(deps.db, choice.workspaceId))?.awayEmoji ?? [];
  const settle = () => transaction(deps.db, (trx) => settleStandings(trx, deps, choice, awayEmoji));
  while (mayBeMore(await settle()));
}

/** So many times four hundred in one transaction: what a tenth of a second is enough for. */
const BATCHES_AT_ONCE = 2;

export const mayBeMore = (settled: number): boolean => settled >= BATCHES_AT_ONCE * STANDINGS_BATCH;

/** Works out anew, in a transaction, where those stand about whom something has changed, as many as are worked out at once; how many that were. */
export function settleStandings(
  trx: Trx,
  { now }: Deps,
  { workspaceId, desk }: Choice,
  awayEmoji: readonly string[],
): Promise<number> {
  const reading = { workspaceId, awayEmoji, now: now() };
  return refreshStandings(trx, reading, { deskId: desk.id, batches: BATCHES_AT_ONCE });
}

const queryOf = (
  { workspaceId, desk, wish, wanted, except }: Choice,
  among: ShortlistQuery['among'],
): ShortlistQuery => ({
  workspaceId,
  deskId: desk.id,
  order: desk.selectionOrder,
  wanted: wanted.map(({ id }) => id),
  language: wish.language,
  country: wish.country,
  previousAgent: wish.previousAgent,
  except,
  among,
});

/** Everybody who can take it, in no order; of a desk, those among whom the best is certain to be, and with it so many places. */
async function candidatesOf(db: Handle, choice: Choice, now: Date, places: number): Promise<Candidate[]> {
  const { candidates } = choice.wish;
  const query = queryOf(choice, 'available');
  return candidates === undefined ? listShortlist(db, query, places) : namedCandidates(db, query, candidates, now);
}

/**
 * Chooses from stored signals alone, best first; outside of a choosing transaction it says who would be chosen.
 *
 * @param places so many of the first are wanted
 */
export const ranked = async (
  db: Handle,
  choice: Choice,
  now: Date,
  places: number = CONSIDERED_MAX,
): Promise<Candidate[]> => rank(await candidatesOf(db, choice, now, places), orderOf(choice));

/** Of a desk, in the order in which it is worth asking whether they are there. */
export async function toAsk(db: Handle, choice: Choice, among: ShortlistQuery['among']): Promise<Candidate[]> {
  return rankToAsk(await listShortlist(db, queryOf(choice, among), CONSIDERED_MAX), orderOf(choice));
}
