/** A bot wrote in Slack: where it speaks for a visitor, that is the customer's word. */
import { answersUntil, writtenAt } from '../../domain/late.ts';
import type { Conversation } from '../../store/conversations.ts';
import { transaction } from '../../store/db.ts';
import { listSpokenFor } from '../../store/visitors.ts';
import type { Deps } from '../deps.ts';
import type { Written } from '../conversation/note-message.ts';
import { customerSpoke } from './spoke.ts';

/** A message in a thread belongs to the thread's conversation, else to the channel's. */
function meant(open: readonly Conversation[], threadTs: string): Conversation | undefined {
  return open.find((each) => each.threadTs === threadTs) ?? open.find((each) => each.threadTs === '');
}

/** Ends *Waiting for customer* in the conversation this bot opened there; what any other bot writes is nobody's word. */
export async function noteBotMessage(deps: Deps, written: Written): Promise<void> {
  const { threadTs, ts } = written;
  const conversation = meant(await listSpokenFor(deps.db, written), threadTs);
  if (conversation === undefined) return;
  const until = answersUntil(writtenAt(ts));
  await transaction(deps.db, (trx) => customerSpoke(trx, deps, conversation, until));
}
