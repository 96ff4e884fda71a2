/** A bot that is not sure whether its request arrived sends it again with the same key: it is done once, and answered alike. */
import type { Handle, Trx } from '../../store/db.ts';
import {
  claimKey,
  releaseKey as release,
  saveAnswer as save,
  type Claim,
  type HeldRequest,
  type KeyedRequest,
} from '../../store/idempotency.ts';
import type { Deps } from '../deps.ts';

export type { HeldRequest, KeyedRequest };

const KEPT_MS = 24 * 3_600_000;
/** Longer than any request takes: whatever was begun before and never answered broke off with its process. */
const BROKEN_AFTER_MS = 60_000;

/** What a verb for bots is given, so that its request is done once. */
export type Attempt<Done> = {
  /** For what it makes. It follows from the key: another attempt names what it makes outside the database alike. */
  readonly id: string;
  /**
   * Takes part in the verb's transaction, once everything else in it is done: with what was done, the answer is kept too, or neither is. It
   * throws where another attempt has taken over, and then nothing may be done.
   */
  readonly settle: (trx: Trx, done: Done) => Promise<void>;
};

/** Whether this request is to be done now, was answered before, is under way, or is another one under the same key. */
export function claimRequest({ db, now }: Deps, request: KeyedRequest): Promise<Claim> {
  const at = now();
  return claimKey(db, request, {
    now: at,
    forgottenBefore: new Date(at.getTime() - KEPT_MS),
    brokenAfterMs: BROKEN_AFTER_MS,
  });
}

/** Keeps what was answered for a day; false where another attempt has taken over. */
export const keepAnswer = (
  db: Handle,
  request: HeldRequest,
  answer: { status: number; answer: string },
): Promise<boolean> => save(db, request, answer);

/** It was not answered: the same request may be sent again under the same key at once. */
export const releaseRequest = ({ db }: Deps, request: HeldRequest): Promise<void> => release(db, request);
