/** What was answered to requests that carried an Idempotency-Key, so that sending one again does nothing twice. */
import type { Handle } from './db.ts';
import { readJson } from './json.ts';

/** A request as it is known: whose, under which key, and what it asks for. */
export type KeyedRequest = { readonly tokenId: string; readonly key: string; readonly requestHash: string };

export type Claim =
  /** It is this one's to be done; `again`: an attempt that began then, or after, broke off and may have done it. */
  | { readonly kind: 'claimed'; readonly again: boolean; readonly firstAt: string }
  | { readonly kind: 'answered'; readonly status: number; readonly answer: string }
  /** The key was used for something else. */
  | { readonly kind: 'other' }
  | { readonly kind: 'under_way' };

type Row = { request_hash: string; status: number; answer: string; made_at: string };

const keyOf = ({ tokenId, key }: KeyedRequest) => ({ token_id: tokenId, key });

type Times = {
  now: Date;
  /** Answers made before are forgotten. */
  forgottenBefore: Date;
  /** A request begun before and not answered broke off: nobody is working on it any more. */
  brokenBefore: Date;
};

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
    status: 0,
    answer: JSON.stringify({ firstAt: now }),
    made_at: now,
  };
  const made = await db('idempotency_keys')
    .insert({ ...keyOf(request), ...fresh })
    .onConflict(['token_id', 'key'])
    .ignore()
    .returning('key');
  if (made.length === 1) return { kind: 'claimed', again: false, firstAt: now };
  const row = await db('idempotency_keys').where(keyOf(request)).first<Row | undefined>();
  // Released at this moment: whoever asks again finds it free.
  if (row === undefined) return { kind: 'under_way' };
  if (row.made_at < times.forgottenBefore.toISOString()) {
    const taken = await takeOver(db, request, row, fresh);
    return taken ? { kind: 'claimed', again: false, firstAt: now } : { kind: 'under_way' };
  }
  if (row.request_hash !== request.requestHash) return { kind: 'other' };
  if (row.status !== 0) return { kind: 'answered', status: row.status, answer: row.answer };
  if (row.made_at >= times.brokenBefore.toISOString()) return { kind: 'under_way' };
  const taken = await takeOver(db, request, row, { made_at: now });
  if (!taken) return { kind: 'under_way' };
  // While there is no answer yet, what is kept in its place is when the first attempt began.
  return { kind: 'claimed', again: true, firstAt: readJson<{ firstAt: string }>(row.answer).firstAt };
}

export async function saveAnswer(
  db: Handle,
  request: KeyedRequest,
  { status, answer }: { status: number; answer: string },
): Promise<void> {
  await db('idempotency_keys').where(keyOf(request)).update({ status, answer });
}

/** Nothing was done: the key is free again. */
export async function releaseKey(db: Handle, request: KeyedRequest): Promise<void> {
  await db('idempotency_keys')
    .where({ ...keyOf(request), status: 0 })
    .delete();
}

export async function purgeKeys(db: Handle, before: Date): Promise<void> {
  await db('idempotency_keys').where('made_at', '<', before.toISOString()).delete();
}
