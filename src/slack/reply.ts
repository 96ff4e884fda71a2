/** An answer only the person who acted sees, beside what they acted on. */
import type { RespondFn } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { saying } from './told.ts';

export type Reply = string | { text: string; blocks: KnownBlock[] };

/** @throws Unsaid when the address to answer at is used up, expired or out of reach */
export async function reply(respond: RespondFn, message: Reply): Promise<void> {
  const content = typeof message === 'string' ? { text: message } : message;
  await saying(message, () => respond({ response_type: 'ephemeral', replace_original: false, ...content }));
}
