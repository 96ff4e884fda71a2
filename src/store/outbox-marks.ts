/** How far claimed notices are, several in one statement: what is delivered side by side waits for one commit. */
import type { Notice } from '../domain/notice.ts';
import type { Handle } from './db.ts';
import { held, heldOf, remains, type Claim } from './outbox.ts';

/** Ids of claims by how often each was tried; nearly all are tried once. */
function byAttempts(claims: readonly Claim[]): Map<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const { id, attempts } of claims) groups.set(attempts, [...(groups.get(attempts) ?? []), id]);
  return groups;
}

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

/** These were sent. One whose claim does not hold any more is left to whoever took it over. */
export async function markDone(db: Handle, claims: readonly (Claim & { notice?: Notice })[], now: Date): Promise<void> {
  const done = { state: 'done', sent_at: now.toISOString(), last_error: '' };
  const alike: Claim[] = [];
  for (const claim of claims) {
    const rest = remains(claim);
    if (rest === undefined) alike.push(claim);
    else await held(db, claim).update({ ...done, ...rest });
  }
  for (const [attempts, group] of byAttempts(alike)) await heldOf(db, attempts, group).update(done);
}
