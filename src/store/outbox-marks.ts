/** How far claimed notices are, several in one statement: what is delivered side by side waits for one commit. */
import type { Notice } from '../domain/notice.ts';
import type { Handle } from './db.ts';
import { held, remains, unfinished, type Claim } from './outbox.ts';

/** Claims by how often each was tried; nearly all are tried once. */
function byAttempts<One extends Claim>(claims: readonly One[]): Map<number, One[]> {
  const groups = new Map<number, One[]>();
  for (const claim of claims) groups.set(claim.attempts, [...(groups.get(claim.attempts) ?? []), claim]);
  return groups;
}

const heldOf = (db: Handle, attempts: number, claims: readonly Claim[]) =>
  db('notices')
    .whereIn(
      'id',
      claims.map(({ id }) => id),
    )
    .where({ attempts })
    .whereRaw(unfinished());

/**
 * Commits that messages are about to be created: the ids of those whose claim still holds, so that they may be. What is found in this state
 * later is looked for before it is sent again.
 */
export async function markSending(db: Handle, claims: readonly Claim[]): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const [attempts, group] of byAttempts(claims)) {
    const rows = await heldOf(db, attempts, group).update({ state: 'sending' }).returning<{ id: string }[]>('id');
    for (const { id } of rows) ids.add(id);
  }
  return ids;
}

const holdsWords = ({ notice }: { notice?: Notice }): boolean =>
  notice?.kind === 'webhook' || notice?.kind === 'visitor.said';

/** These were sent. One whose claim does not hold any more is left to whoever took it over. */
export async function markDone(db: Handle, claims: readonly (Claim & { notice?: Notice })[], now: Date): Promise<void> {
  const done = { state: 'done', sent_at: now.toISOString(), last_error: '' };
  for (const claim of claims.filter(holdsWords)) await held(db, claim).update({ ...done, ...remains(claim) });
  const others = claims.filter((claim) => !holdsWords(claim));
  for (const [attempts, group] of byAttempts(others)) await heldOf(db, attempts, group).update(done);
}
