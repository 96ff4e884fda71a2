/** Saves what one person changed in the panel; what others changed meanwhile stays. */
import { NOTE_MAX, type Status } from '../../domain/conversation.ts';
import { lengthOf, shorten } from '../../domain/name.ts';
import { quoted } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import {
  addConversationExpertise,
  removeConversationExpertise,
  setNote,
  setStatus,
  type Conversation,
} from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { listExpertiseByIds } from '../../store/expertise.ts';
import { beganWaiting } from '../../store/waiting-conversations.ts';
import type { Actor, Deps } from '../deps.ts';
import { endHelp } from '../help/end.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireAgent } from '../rights.ts';
import { lockOpenConversation } from './find.ts';

/** Only what is there was changed by this person; the rest was left as the form showed it. */
export type PanelChange = {
  conversationId: string;
  note?: { was: string; is: string };
  addExpertise: readonly string[];
  removeExpertise: readonly string[];
  status?: Exclude<Status, 'looking_for_help'>;
};

/** Enough to recognise it; the panel shows it whole. */
const QUOTED_MAX = 200;

async function saveNote(trx: Trx, conversation: Conversation, { was, is }: { was: string; is: string }): Promise<void> {
  const note = is.trim();
  if (lengthOf(note) > NOTE_MAX) {
    throw new Refusal(
      'invalid',
      `A note can be up to ${NOTE_MAX} characters long; this one has ${lengthOf(note)}.`,
      'note',
    );
  }
  if (conversation.note !== was && conversation.note !== note) {
    const theirs = conversation.note === '' ? 'removed it' : `wrote ${quoted(shorten(conversation.note, QUOTED_MAX))}`;
    throw new Refusal(
      'conflict',
      `Somebody else changed the note meanwhile and ${theirs}. Put both together, then save again.`,
      'note',
    );
  }
  await setNote(trx, conversation.workspaceId, conversation.id, note);
}

/** @throws Refusal `not_allowed`, `gone`, `invalid` or `conflict` on `note` */
export async function savePanel(deps: Deps, actor: Actor, change: PanelChange): Promise<void> {
  const { workspaceId } = actor;
  await transaction(deps.db, async (trx) => {
    await requireAgent(trx, actor);
    const conversation = await lockOpenConversation(trx, workspaceId, change.conversationId);
    if (change.note) await saveNote(trx, conversation, change.note);
    const living = await listExpertiseByIds(trx, workspaceId, change.addExpertise);
    await addConversationExpertise(
      trx,
      conversation.id,
      living.map((expertise) => expertise.id),
    );
    await removeConversationExpertise(trx, conversation.id, change.removeExpertise);
    // While somebody who pressed Join is on the way in, nothing is looked for any more that could be withdrawn.
    const isLooking = conversation.status === 'looking_for_help';
    const changed = change.status !== undefined && (await setStatus(trx, workspaceId, conversation.id, change.status));
    if (changed && change.status === 'waiting') await beganWaiting(trx, workspaceId, conversation.id, deps.now());
    if (changed && isLooking) await endHelp(trx, deps, conversation, 'withdrawn');
    await refreshHomes(trx, deps, workspaceId);
  });
}
