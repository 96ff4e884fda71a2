/** Who asks, and how often: every request but the one for the document carries a token. */
import type { NextFunction, Request, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Deps } from '../services/deps.ts';
import { authenticate, type Bot } from '../services/token/authenticate.ts';
import { ApiError } from './errors.ts';

const MINUTE_SECONDS = 60;

const SCHEME = /^Bearer +(\S+)$/i;

const unauthorized = (): ApiError =>
  new ApiError(401, 'unauthorized', {
    message:
      'Send a token: `Authorization: Bearer beckon_…`. Administrators make one with `/livechat tokens`; this one is unknown or was revoked.',
    headers: { 'WWW-Authenticate': 'Bearer realm="Beckon"' },
  });

const bots = new WeakMap<Request, Bot>();

/** @throws Error for a request that `whoAsks` has not let through */
export function botOf(request: Request): Bot {
  const bot = bots.get(request);
  if (bot === undefined) throw new Error('A request came to a route without its bot.');
  return bot;
}

/** Notes the bot of a request. An unknown token costs the same look-up as any other. */
export const whoAsks =
  (deps: Deps, workspaceId: string) => async (request: Request, _response: Response, next: NextFunction) => {
    const secret = SCHEME.exec(request.get('authorization') ?? '')?.[1] ?? '';
    const bot = await authenticate(deps, workspaceId, secret);
    if (bot === undefined) throw unauthorized();
    bots.set(request, bot);
    next();
  };

/**
 * Lets each token ask so often within a minute; each process of Beckon counts for itself.
 *
 * @param perMinute requests
 */
export function notTooOften(perMinute: number) {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: MINUTE_SECONDS });
  return async (request: Request, _response: Response, next: NextFunction) => {
    try {
      await limiter.consume(botOf(request).tokenId);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw new ApiError(429, 'rate_limited', {
        message: `This token may ask ${perMinute} times a minute. Wait as long as Retry-After says.`,
        headers: { 'Retry-After': String(Math.max(1, Math.ceil(refused.msBeforeNext / 1000))) },
      });
    }
    next();
  };
}
