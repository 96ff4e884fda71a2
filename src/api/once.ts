/** Idempotency-Key: a request that is sent again is done once and answered alike. */
import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { claimRequest, keepAnswer, releaseRequest, type KeyedRequest } from '../services/bot/once.ts';
import type { Deps } from '../services/deps.ts';
import { ApiError, failureOf } from './errors.ts';
import { botOf } from './who.ts';

const KEY_MAX = 255;

const sha256 = (...parts: string[]): string => createHash('sha256').update(parts.join('\n')).digest('hex');

/** The request under its key; undefined where it carries none. @throws ApiError 400 for a key that is none */
function keyed(request: Request): KeyedRequest | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined) return undefined;
  if (key === '' || key.length > KEY_MAX) {
    throw new ApiError(400, 'bad_request', { message: `An Idempotency-Key has 1 to ${KEY_MAX} characters.` });
  }
  const requestHash = sha256(request.method, request.originalUrl, JSON.stringify(request.body ?? {}));
  return { tokenId: botOf(request).tokenId, key, requestHash };
}

export type Answer = { readonly status: number; readonly body: unknown };

/** What a request's work is given: the id of what it makes, and since when an earlier attempt may have done it. */
type Attempt = { readonly requestId: string; readonly brokenSince: string | undefined };

type Work = (attempt: Attempt) => Promise<Answer>;

const busy = (): ApiError =>
  new ApiError(409, 'in_progress', {
    message: 'The first request with this Idempotency-Key is still under way. Ask again in a moment.',
    headers: { 'Retry-After': '1' },
  });

const otherRequest = (): ApiError =>
  new ApiError(409, 'key_reused', {
    message: 'This Idempotency-Key was used for another request within the last 24 hours. Use a new one.',
  });

/** A no of a verb is an answer like any other; a bug, or Slack's silence, is worth another try under the same key. */
async function attempt(deps: Deps, request: KeyedRequest, work: () => Promise<Answer>): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await work();
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined || failure.status >= 500) {
      await releaseRequest(deps, request);
      throw error;
    }
    answer = { status: failure.status, body: failure.body };
  }
  await keepAnswer(deps, request, { status: answer.status, answer: JSON.stringify(answer.body) });
  return answer;
}

/**
 * Does a request's work, once for each key.
 *
 * @throws ApiError 409 while the first request under this key is under way, or where the key was used for another one
 */
export async function once(deps: Deps, request: Request, work: Work): Promise<Answer> {
  const one = keyed(request);
  if (one === undefined) return work({ requestId: deps.newId(), brokenSince: undefined });
  const claim = await claimRequest(deps, one);
  if (claim.kind === 'under_way') throw busy();
  if (claim.kind === 'other') throw otherRequest();
  if (claim.kind === 'answered') return { status: claim.status, body: JSON.parse(claim.answer) };
  const requestId = sha256(one.tokenId, one.key, claim.firstAt).slice(0, 32);
  const brokenSince = claim.again ? claim.firstAt : undefined;
  return attempt(deps, one, () => work({ requestId, brokenSince }));
}
