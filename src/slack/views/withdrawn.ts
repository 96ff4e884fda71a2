/** What stands where a message for the team stood, in the direct messages of somebody who is no colleague any more. */
import { section } from './blocks.ts';
import type { Message } from './help-card.ts';

const TEXT = 'This message was for the support team and is not shown any more.';

export const withdrawnMessage = (): Message => ({ text: TEXT, blocks: [section(TEXT)] });
