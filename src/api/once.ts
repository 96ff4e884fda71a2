/** Idempotency-Key: a request that is sent again is done once and answered alike. */
import { createHash } from 'node:crypto';
import type { Request } from 'express';
import {
  claimRequest,
  keepAnswer,
  releaseRequest,
  type Attempt,
  type HeldRequest,
  type KeyedRequest,
} from '../services/bot/once.ts';
import type { Deps } from '../services/deps.ts';
import { ApiError, failureOf } from './errors.ts';
import { botOf } from './who.ts';

const KEY_MAX = 255;

const sha256 = (...parts: string[]): string => createHash('sha256').update(parts.join('\n')).digest('hex');

/** The request under its key; undefined where it carries none, or changes nothing. @throws ApiError 400 for a key that is none */
function keyed(request: Request): KeyedRequest | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined || request.method === 'GET') return undefined;
  if (key === '' || key.length > KEY_MAX) {
    throw new ApiError(400, 'bad_request', { message: `An Idempotency-Key has 1 to ${KEY_MAX} characters.` });
  }
  const requestHash = sha256(request.method, request.originalUrl, JSON.stringify(request.body ?? {}));
  return { tokenId: botOf(request).tokenId, key, requestHash };
}

type Answer = { readonly status: number; readonly body: unknown };

type Work = {
  /** What it is answered with once it is done. */
  readonly status: number;
  readonly run: (attempt: Attempt<unknown>) => Promise<unknown>;
};

const busy = (): ApiError =>
  new ApiError(409, 'in_progress', {
    message: 'The first request with this Idempotency-Key is still under way. Ask again in a moment.',
    headers: { 'Retry-After': '1' },
  });

const otherRequest = (): ApiError =>
  new ApiError(409, 'key_reused', {
    message: 'This Idempotency-Key was used for another request within the last 24 hours. Use a new one.',
  });

const kept = ({ status, body }: Answer) => ({ status, answer: JSON.stringify(body) });

/** A no of a verb is an answer like any other; a bug, or Slack's silence, is worth another try under the same key. */
async function refused(deps: Deps, request: HeldRequest, error: unknown): Promise<never> {
  const failure = failureOf(error);
  if (failure === undefined || failure.status >= 500) {
    // Where it was done, and only the news of it was lost, it stays answered. A key that cannot be given back is free in a minute.
    await releaseRequest(deps, request).catch(() => undefined);
  } else if (!(await keepAnswer(deps.db, request, kept(failure)))) throw busy();
  throw error;
}

async function attempt(deps: Deps, request: HeldRequest, id: string, { status, run }: Work): Promise<Answer> {
  const body = await run({
    id,
    async settle(trx, done) {
      if (!(await keepAnswer(trx, request, kept({ status, body: done })))) throw busy();
    },
  }).catch((error: unknown) => refused(deps, request, error));
  return { status, body };
}

/**
 * Does a request's work, once for each key.
 *
 * @throws ApiError 409 while the first request under this key is under way, or where the key was used for another one
 */
export async function once(deps: Deps, request: Request, work: Work): Promise<Answer> {
  const one = keyed(request);
  if (one === undefined) {
    const only = { id: deps.newId(), settle: () => Promise.resolve() };
    return { status: work.status, body: await work.run(only) };
  }
  const claim = await claimRequest(deps, one);
  if (claim.kind === 'under_way') throw busy();
  if (claim.kind === 'other') throw otherRequest();
  if (claim.kind === 'answered') return { status: claim.status, body: JSON.parse(claim.answer) };
  const { heldSince, firstAt } = claim;
  const id = sha256(one.tokenId, one.key, firstAt).slice(0, 32);
  return attempt(deps, { ...one, heldSince }, id, work);
}
