/** An answer only the person who acted sees, beside what they acted on. */
import type { RespondFn } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';

export type Reply = string | { text: string; blocks: KnownBlock[] };

export async function reply(respond: RespondFn, message: Reply): Promise<void> {
  await respond({
    response_type: 'ephemeral',
    replace_original: false,
    ...(typeof message === 'string' ? { text: message } : message),
  });
}
