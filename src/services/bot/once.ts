/** A bot that is not sure whether its request arrived sends it again with the same key: it is done once, and answered alike. */
import {
  claimKey,
  releaseKey as release,
  saveAnswer as save,
  type Claim,
  type KeyedRequest,
} from '../../store/idempotency.ts';
import type { Deps } from '../deps.ts';

export type { KeyedRequest };

const KEPT_MS = 24 * 3_600_000;
/** Longer than any request takes: whatever was begun before and never answered broke off with its process. */
const BROKEN_AFTER_MS = 60_000;

/** Whether this request is to be done now, was answered before, is under way, or is another one under the same key. */
export function claimRequest({ db, now }: Deps, request: KeyedRequest): Promise<Claim> {
  const at = now();
  return claimKey(db, request, {
    now: at,
    forgottenBefore: new Date(at.getTime() - KEPT_MS),
    brokenBefore: new Date(at.getTime() - BROKEN_AFTER_MS),
  });
}

/** Keeps what was answered for a day. */
export const keepAnswer = ({ db }: Deps, request: KeyedRequest, answer: { status: number; answer: string }) =>
  save(db, request, answer);

/** Nothing was done, or it is not known: the same request may be sent again under the same key. */
export const releaseRequest = ({ db }: Deps, request: KeyedRequest): Promise<void> => release(db, request);
