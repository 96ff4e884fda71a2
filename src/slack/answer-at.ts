/** Answers where a command was typed, once the form it opened is saved: a submission has no place of its own. */
import { saying } from './told.ts';

/** Slack takes such answers for half an hour. */
const TIMEOUT_MS = 2500;

async function post(url: string, text: string): Promise<void> {
  const body = JSON.stringify({ response_type: 'ephemeral', replace_original: false, text });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`The address to answer at said ${answer.status}.`);
}

/** @throws Unsaid when the address is used up, expired or out of reach */
export const answerAt = (url: string, text: string): Promise<void> => saying(text, () => post(url, text));
