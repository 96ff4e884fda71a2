/** What a failed call means for trying again. */
import webApi from '@slack/web-api';
import { Unsendable } from './client.ts';
import { OverPace } from './pace.ts';
import { NotInternal } from './post.ts';

/** Slack's words for "not now": everything else it names will not change by waiting. */
const TRANSIENT = new Set([
  'accesslimited',
  'account_inactive',
  'fatal_error',
  'internal_error',
  'invalid_auth',
  'ratelimited',
  'rate_limited',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
  'token_expired',
  'token_revoked',
]);

/** After these Slack may have done the work all the same. */
const UNCERTAIN = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable']);

export type Verdict = {
  hopeless: boolean;
  created: false | 'unknown';
  retryAfterMs?: number;
  untried?: true;
  name?: string;
};

/** The name of the error Slack answered with, undefined when it did not get to answer. */
export const slackErrorOf = (error: unknown): string | undefined =>
  error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;

/** Judges by what Slack answered; what never reached it, or broke off, may have been done. */
export function judge(error: unknown): Verdict {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { hopeless: false, created: false, retryAfterMs: error.retryAfter * 1000, name: 'ratelimited' };
  }
  if (error instanceof OverPace)
    return { hopeless: false, created: false, retryAfterMs: error.retryAfterMs, untried: true };
  if (error instanceof NotInternal) return { hopeless: true, created: false, name: error.code };
  if (error instanceof Unsendable) return { hopeless: true, created: false };
  const named = slackErrorOf(error);
  if (named === undefined) return { hopeless: false, created: 'unknown' };
  return { hopeless: !TRANSIENT.has(named), created: UNCERTAIN.has(named) ? 'unknown' : false, name: named };
}
