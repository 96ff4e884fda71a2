/** Requests as Slack signs and sends them, and as somebody who is not Slack does. */
import { createHmac } from 'node:crypto';

export type Sent = { status: number; body: string; tookMs: number };

type Signing = {
  secret: string;
  /** Epoch seconds the request claims to be of; now unless told otherwise. */
  at?: number;
  headers?: Record<string, string>;
};

const FORM = 'application/x-www-form-urlencoded';
/** Slack waits three seconds; whatever has not answered long after that hangs. */
const HANGS_AFTER_MS = 8000;

export function signatureOf(body: string, { secret, at = Math.floor(Date.now() / 1000) }: Signing) {
  const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${signature}` };
}

/** Posts a body as it is. */
export async function send(url: string, body: string, headers: Record<string, string>): Promise<Sent> {
  const began = performance.now();
  const answer = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(HANGS_AFTER_MS) });
  return { status: answer.status, body: await answer.text(), tookMs: performance.now() - began };
}

/** Posts a body signed as Slack does. */
export const sendSigned = (url: string, body: string, type: string, signing: Signing): Promise<Sent> =>
  send(url, body, { 'content-type': type, ...signatureOf(body, signing), ...signing.headers });

export const sendForm = (url: string, fields: Record<string, string>, signing: Signing): Promise<Sent> =>
  sendSigned(url, new URLSearchParams(fields).toString(), FORM, signing);

export const sendJson = (url: string, body: unknown, signing: Signing): Promise<Sent> =>
  sendSigned(url, JSON.stringify(body), 'application/json', signing);
