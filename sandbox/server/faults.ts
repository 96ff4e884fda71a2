import type { Slack } from './slack.ts';

/** Faults on demand and Slack's published limits: what happens to a Web API call before or after its work. */

export type Fate =
  | { kind: 'serve'; cut: boolean }
  | { kind: 'limited'; retryAfter: number }
  | { kind: 'broken' }
  | { kind: 'refused'; error: string };

/** Calls a minute per tier; `special` is chat.postMessage's one a second a channel, with short bursts. */
const PER_MINUTE: Record<number, number> = { 1: 1, 2: 20, 3: 50, 4: 100 };
const POST_BURST = 5;

type Countdown = 'rateLimitNext' | 'failNext' | 'errorNext' | 'cutNext';
type Bucket = { tokens: number; at: number };

/** Decides what becomes of one call; counts "the next n calls" down. */
export function fateOf(slack: Slack, method: string): Fate {
  const { knobs } = slack;
  const hit = (key: Countdown): boolean => {
    const knob = knobs[key];
    if (knob === undefined || knob.calls <= 0 || (knob.method !== undefined && knob.method !== method)) return false;
    knob.calls -= 1;
    if (knob.calls === 0) Reflect.deleteProperty(knobs, key);
    slack.push({ type: 'knobs', knobs });
    return true;
  };
  const { rateLimitNext, errorNext } = knobs;
  if (hit('rateLimitNext')) return { kind: 'limited', retryAfter: rateLimitNext?.retryAfter ?? 1 };
  if (hit('failNext')) return { kind: 'broken' };
  if (hit('errorNext')) return { kind: 'refused', error: errorNext?.error ?? 'internal_error' };
  return { kind: 'serve', cut: hit('cutNext') };
}

export type Limits = (method: string, tier: number | 'special', channel: string) => number | undefined;

/** Slack's limits as token buckets per method; answers the seconds to wait where a call is over them. */
export function openLimits(now: () => number): Limits {
  const buckets = new Map<string, Bucket>();
  return (method, tier, channel) => {
    const posting = method === 'chat.postMessage';
    if (tier === 'special' && !posting) return undefined;
    const perSecond = posting ? 1 : (PER_MINUTE[Number(tier)] ?? 100) / 60;
    const size = posting ? POST_BURST : (PER_MINUTE[Number(tier)] ?? 100);
    const key = posting ? `${method} ${channel}` : method;
    const bucket = buckets.get(key) ?? { tokens: size, at: now() };
    buckets.set(key, bucket);
    bucket.tokens = Math.min(size, bucket.tokens + ((now() - bucket.at) / 1000) * perSecond);
    bucket.at = now();
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
    bucket.tokens -= 1;
    return undefined;
  };
}
