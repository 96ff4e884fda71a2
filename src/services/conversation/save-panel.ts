/** Saves what one person changed in the panel; what others changed meanwhile stays. */
import type { Change, SetChange } from '../../domain/change.ts';
import type { Status } from '../../domain/conversation.ts';
import { checkNote, noteMark } from '../../domain/note.ts';
import { Refusal } from '../../errors.ts';
import { addConversationExpertise, removeConversationExpertise } from '../../store/conversation-expertise.ts';
import { setNote, type Conversation } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { findDesk } from '../../store/desks.ts';
import { listExpertiseByIds } from '../../store/expertise.ts';
import { beganWaiting } from '../../store/waiting-conversations.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Actor, Deps } from '../deps.ts';
import { workedOn } from '../forward/end.ts';
import { endHelp } from '../help/end.ts';
import { refreshHomes } from '../home/refresh.ts';
import { meet } from '../person/meet.ts';
import { requireAgent } from '../rights.ts';
import { changeCustomers } from './customers.ts';
import { changeStatus } from './change-status.ts';
import { lockOpenConversation } from './find.ts';
import { moveDesk } from './move-desk.ts';

/** Only what is there was changed by this person; the rest was left as the form showed it. */
export type PanelChange = {
  conversationId: string;
  /** `was`: the mark of the note that this person had before them. */
  note?: { was: string; is: string };
  addExpertise: readonly string[];
  removeExpertise: readonly string[];
  status?: Exclude<Status, 'looking_for_help'>;
  /** The conversation's when the form was made. */
  version?: number;
  desk?: Change<string> | undefined;
  customers?: SetChange;
};

export type SavedPanel = {
  /** This person and somebody else gave it to different desks: theirs stayed. */
  readonly deskStayed: boolean;
  readonly deskName: string;
};

async function saveNote(trx: Trx, conversation: Conversation, { was, is }: { was: string; is: string }): Promise<void> {
  const note = checkNote(is);
  if (noteMark(conversation.note) !== was && conversation.note !== note) {
    throw new Refusal('conflict', 'Somebody else changed the note meanwhile.', 'note');
  }
  await setNote(trx, conversation.workspaceId, conversation.id, note);
}

/** The desk, and then its customers: who is an agent of the new desk cannot be one. */
async function saveBelonging(
  trx: Trx,
  deps: Deps,
  conversation: Conversation,
  { desk: change, customers, version = conversation.version }: PanelChange,
): Promise<SavedPanel> {
  const { deskId, stayed } = await moveDesk(trx, deps, conversation, { change, version });
  if (customers) await changeCustomers(trx, { ...conversation, deskId }, customers);
  const desk = await findDesk(trx, conversation.workspaceId, deskId);
  return { deskStayed: stayed, deskName: desk?.name ?? '' };
}

/**
 * @throws Refusal `not_allowed`, `gone`; `invalid` or `conflict` on `note`; `gone` on `desk`; `invalid` or `unavailable` on `customers`
 */
export async function savePanel(deps: Deps, actor: Actor, change: PanelChange): Promise<SavedPanel> {
  const { workspaceId } = actor;
  await requireAgent(deps.db, actor);
  if (change.customers && change.customers.add.length > 0) await meet(deps, workspaceId, change.customers.add);
  return transaction(deps.db, async (trx) => {
    await requireAgent(trx, actor);
    // So that the desk it goes to is not archived at this moment.
    if (change.desk) await lockWorkspace(trx, workspaceId);
    const conversation = await lockOpenConversation(trx, workspaceId, change.conversationId);
    const saved = await saveBelonging(trx, deps, conversation, change);
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
    const where = { workspaceId, conversationId: conversation.id };
    const changed = change.status !== undefined && (await changeStatus(trx, deps, where, change.status));
    if (changed && change.status === 'waiting') await beganWaiting(trx, workspaceId, conversation.id, deps.now());
    if (changed) await workedOn(trx, deps, conversation, actor.userId);
    if (changed && isLooking) await endHelp(trx, deps, conversation, 'withdrawn');
    await refreshHomes(trx, deps, workspaceId);
    return saved;
  });
}
