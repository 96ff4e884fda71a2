import { createHmac } from 'node:crypto';
import { isObject, parseJson, type Json } from './json.ts';
import type { Ack, Interactive } from './slack.ts';

/** How one attempt to hand an event to the app ended. The failures are Slack's own retry reasons. */
export type EventResult = { ok: true } | { ok: false; reason: string; again: boolean };

export type Transport = {
  /** whether the app is there, as far as is known */
  online: () => boolean;
  /** whether an attempt makes sense at all */
  reachable: () => boolean;
  event: (envelope: Json, attempt: number, reason: string) => Promise<EventResult>;
  ask: (request: Interactive) => Promise<Ack>;
};

/** Slack waits this long for an acknowledgement. */
export const ACK_MS = 3000;

/** Slack's signed requests to an app's address. Signatures carry the real time: the app checks them against its own clock. */
export function httpTransport(url: string, signingSecret: string, onReach: (reached: boolean) => void): Transport {
  let reached = true;
  const reach = (now: boolean): void => {
    if (now === reached) return;
    reached = now;
    onReach(now);
  };
  const send = async (
    type: string,
    body: string,
    headers: Record<string, string>,
  ): Promise<Response | 'timeout' | 'failed'> => {
    const deadline = AbortSignal.timeout(ACK_MS);
    try {
      const response = await fetch(url, {
        method: 'POST',
        body,
        redirect: 'manual',
        headers: { ...signed(signingSecret, body), 'content-type': type, 'user-agent': 'Slackbot 1.0', ...headers },
        signal: deadline,
      });
      reach(true);
      return response;
    } catch {
      reach(deadline.aborted);
      return deadline.aborted ? 'timeout' : 'failed';
    }
  };
  return {
    online: () => reached,
    reachable: () => true,
    event: async (envelope, attempt, reason) => {
      const retry = attempt === 0 ? {} : { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason };
      const answer = await send('application/json', JSON.stringify(envelope), retry);
      if (answer === 'timeout') return { ok: false, reason: 'http_timeout', again: true };
      if (answer === 'failed') return { ok: false, reason: 'connection_failed', again: true };
      await answer.arrayBuffer();
      if (answer.ok) return { ok: true };
      return { ok: false, reason: 'http_error', again: answer.headers.get('x-slack-no-retry') !== '1' };
    },
    ask: async (request) => {
      const answer = await send('application/x-www-form-urlencoded', formOf(request), {});
      if (answer === 'timeout' || answer === 'failed') return { ok: false, reason: answer };
      const text = await answer.text();
      if (!answer.ok) return { ok: false, reason: 'failed' };
      const json = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
      return { ok: true, body: json ? parseJson(text) : text };
    },
  };
}

function signed(secret: string, body: string): Record<string, string> {
  const at = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${signature}` };
}

function formOf(request: Interactive): string {
  if (request.type === 'interactive') {
    return new URLSearchParams({ payload: JSON.stringify(request.payload) }).toString();
  }
  const form = new URLSearchParams();
  for (const [key, value] of Object.entries(request.payload))
    form.append(key, typeof value === 'string' ? value : JSON.stringify(value));
  return form.toString();
}

/** The text or blocks of an acknowledgement, where it has any: plain text counts as `{ text }`. */
export function ackContent(body: unknown): Json | undefined {
  if (typeof body === 'string') return body === '' ? undefined : { text: body };
  return isObject(body) && Object.keys(body).length > 0 ? body : undefined;
}
