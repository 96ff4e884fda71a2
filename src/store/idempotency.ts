/** What was answered to requests that carried an Idempotency-Key, so that sending one again does nothing twice. */
import type { Handle } from './db.ts';
import { readJson } from './json.ts';

/** A request as it is known: whose, under which key, and what it asks for. */
export type KeyedRequest = { readonly tokenId: string; readonly key: string; readonly requestHash: string };

/** A request that is somebody's to do, since then: ISO 8601 UTC. */
export type HeldRequest = KeyedRequest & { readonly heldSince: string };

export type Claim =
  /** It is this one's to be done, and was not done before. `firstAt`: when the first attempt began. */
  | { readonly kind: 'claimed'; readonly heldSince: string; readonly firstAt: string }
  | { readonly kind: 'answered'; readonly status: number; readonly answer: string }
  /** The key was used for something else. */
  | { readonly kind: 'other' }
  | { readonly kind: 'under_way' };

type Row = { request_hash: string; status: number; answer: string; made_at: string };

/** What stands in the place of a status while there is none: somebody works on it, or nobody does and whoever asks next may. */
const UNDER_WAY = 0;
const RELEASED = -1;

const keyOf = ({ tokenId, key }: KeyedRequest) => ({ token_id: tokenId, key });

/** The row of a request for as long as nobody else has taken it over. */
const heldBy = (request: HeldRequest) => ({ ...keyOf(request), status: UNDER_WAY, made_at: request.heldSince });

type Times = {
  now: Date;
  /** Answers made before are forgotten. */
  forgottenBefore: Date;
  /** In milliseconds. A request begun longer ago and not answered broke off: nobody is working on it any more. */
  brokenAfterMs: number;
};

/** Whether somebody may be working on it. One begun so much later than now was begun by a clock that has been set back since. */
function isHeld({ status, made_at: since }: Row, { now, brokenAfterMs }: Times): boolean {
  return status === UNDER_WAY && Math.abs(now.getTime() - Date.parse(since)) <= brokenAfterMs;
}

/** Takes an old row over; of several at once one does. */
async function takeOver(db: Handle, request: KeyedRequest, row: Row, set: Record<string, unknown>): Promise<boolean> {
  const { made_at, status } = row;
  return (
    (await db('idempotency_keys')
      .where({ ...keyOf(request), made_at, status })
      .update(set)) === 1
  );
}

/** Whose turn it is to do this request, decided by one conditional write. */
export async function claimKey(db: Handle, request: KeyedRequest, times: Times): Promise<Claim> {
  const now = times.now.toISOString();
  const fresh = {
    request_hash: request.requestHash,
    status: UNDER_WAY,
    answer: JSON.stringify({ firstAt: now }),
    made_at: now,
  };
  const made = await db('idempotency_keys')
    .insert({ ...keyOf(request), ...fresh })
    .onConflict(['token_id', 'key'])
    .ignore()
    .returning('key');
  if (made.length === 1) return { kind: 'claimed', heldSince: now, firstAt: now };
  const row = await db('idempotency_keys').where(keyOf(request)).first<Row | undefined>();
  // Forgotten at this moment: whoever asks again finds it free.
  if (row === undefined) return { kind: 'under_way' };
  if (row.made_at < times.forgottenBefore.toISOString()) {
    const taken = await takeOver(db, request, row, fresh);
    return taken ? { kind: 'claimed', heldSince: now, firstAt: now } : { kind: 'under_way' };
  }
  if (row.request_hash !== request.requestHash) return { kind: 'other' };
  if (row.status > UNDER_WAY) return { kind: 'answered', status: row.status, answer: row.answer };
  if (isHeld(row, times) || !(await takeOver(db, request, row, { status: UNDER_WAY, made_at: now }))) {
    return { kind: 'under_way' };
  }
  // While there is no answer yet, what is kept in its place is when the first attempt began.
  const { firstAt } = readJson<{ firstAt: string }>(row.answer);
  return { kind: 'claimed', heldSince: now, firstAt };
}

/** Keeps what a request is answered with; false where another attempt has taken it over, and this one must do nothing. */
export async function saveAnswer(
  db: Handle,
  request: HeldRequest,
  { status, answer }: { status: number; answer: string },
): Promise<boolean> {
  return (await db('idempotency_keys').where(heldBy(request)).update({ status, answer })) === 1;
}

/** Whoever asks for the same again need not wait. When it was first asked for stays: what is made for it is named after that. */
export async function releaseKey(db: Handle, request: HeldRequest): Promise<void> {
  await db('idempotency_keys').where(heldBy(request)).update({ status: RELEASED });
}

export async function purgeKeys(db: Handle, before: Date): Promise<void> {
  await db('idempotency_keys').where('made_at', '<', before.toISOString()).delete();
}
