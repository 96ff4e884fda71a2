/** The step *Ask for help and wait*: a workflow asks for help in a customer's channel, and goes on when somebody has come. */
import { NOTE_MAX } from '../../domain/note.ts';
import { lengthOf } from '../../domain/name.ts';
import { A_WORKFLOW, GIVE_UP_MINUTES } from '../../domain/step.ts';
import { Refusal } from '../../errors.ts';
import { addConversationExpertise } from '../../store/conversation-expertise.ts';
import type { Conversation } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { findOpenRequest, updateRequest } from '../../store/help-requests.ts';
import { addRequestExpertise } from '../../store/wanted-expertise.ts';
import { announce } from '../../store/outbox.ts';
import { setStepWaiting, type StepRun } from '../../store/step-runs.ts';
import { setTimer } from '../../store/timers.ts';
import { expertiseNamed } from '../bot/meant.ts';
import { examinePlace } from '../conversation/place.ts';
import type { Deps } from '../deps.ts';
import { lookForHelp } from '../help/look-for-help.ts';
import { refreshHomes } from '../home/refresh.ts';
import { beginStep } from './begin.ts';
import { stepTimer } from './end.ts';
import { openFor } from './open.ts';

export type AskStep = {
  readonly channelId: string;
  /** Ids or names; none: what the conversation is about, else the desk's own agents. */
  readonly expertise: readonly string[];
  readonly note: string;
  /** How long the workflow waits. */
  readonly giveUpMinutes: number;
};

function check({ note, giveUpMinutes }: AskStep): void {
  const { min, max } = GIVE_UP_MINUTES;
  if (!Number.isInteger(giveUpMinutes) || giveUpMinutes < min || giveUpMinutes > max) {
    throw new Refusal('invalid', `“Give up after” must be a whole number of minutes from ${min} to ${max}.`);
  }
  if (lengthOf(note) > NOTE_MAX) {
    throw new Refusal('invalid', `The note can be up to ${NOTE_MAX} characters long; this one has ${lengthOf(note)}.`);
  }
}

/** A request that is open already is this workflow's as well: it wants more, and whoever was not called yet is. */
async function addTo(trx: Trx, deps: Deps, conversation: Conversation, wanted: readonly string[], note: string) {
  const request = await findOpenRequest(trx, conversation.id);
  if (request === undefined) return undefined;
  const { workspaceId, id: conversationId } = conversation;
  await addRequestExpertise(trx, request.id, wanted);
  if (note !== '') await updateRequest(trx, request.id, { note, message: request.message });
  const card = { kind: 'help.card', conversationId, requestId: request.id } as const;
  await announce(trx, workspaceId, [card], { now: deps.now(), newId: deps.newId });
  if (request.state === 'open') {
    await setTimer(trx, { workspaceId, kind: 'help.round', subjectId: request.id }, deps.now());
  }
  return request.id;
}

async function ask(deps: Deps, run: StepRun, step: AskStep): Promise<void> {
  check(step);
  const { workspaceId } = run;
  const place = await examinePlace(deps, workspaceId, { channelId: step.channelId });
  const wanted = (await expertiseNamed(deps.db, workspaceId, step.expertise)).map(({ id }) => id);
  await transaction(deps.db, async (trx) => {
    const conversation = await openFor(trx, deps, workspaceId, place);
    await addConversationExpertise(trx, conversation.id, wanted);
    const note = step.note.trim();
    const requestId =
      (await addTo(trx, deps, conversation, wanted, note)) ??
      (await lookForHelp(trx, deps, conversation, {
        note,
        askedWith: A_WORKFLOW,
        ...(wanted.length > 0 && { expertiseIds: wanted }),
      }));
    if (!(await setStepWaiting(trx, run.id, { conversationId: conversation.id, requestId }))) return;
    const dueAt = new Date(Date.parse(run.startedAt) + step.giveUpMinutes * 60_000);
    await setTimer(trx, stepTimer(run), { now: new Date(run.startedAt), dueAt });
    await refreshHomes(trx, deps, workspaceId);
  });
}

/** Asks for help as Beckon itself. The step ends when somebody has come, when help is not looked for any more, or after the time given. */
export const askForHelpStep = (
  deps: Deps,
  { workspaceId, executionId }: { workspaceId: string; executionId: string },
  step: AskStep,
): Promise<void> => beginStep(deps, { workspaceId, executionId, kind: 'ask_for_help' }, (run) => ask(deps, run, step));
