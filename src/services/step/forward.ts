/** The step *Forward to operator*: a workflow hands a customer's channel to the best agent who can take it. */
import { FORWARD_TEXT_MAX, tooLong } from '../../domain/forward.ts';
import { languageMeant } from '../../domain/languages.ts';
import { quoted } from '../../domain/wording.ts';
import { forwardOutputs } from '../../domain/step.ts';
import { Refusal } from '../../errors.ts';
import { transaction } from '../../store/db.ts';
import { announce } from '../../store/outbox.ts';
import { setStepWaiting, type StepRun } from '../../store/step-runs.ts';
import { setTimer } from '../../store/timers.ts';
import { expertiseNamed } from '../bot/meant.ts';
import { examinePlace } from '../conversation/place.ts';
import type { Deps } from '../deps.ts';
import { forward } from '../forward/forward.ts';
import { refreshHomes } from '../home/refresh.ts';
import { beginStep } from './begin.ts';
import { completeStep, stepTimer } from './end.ts';
import { openFor } from './open.ts';

/** Whoever was chosen is in by then, or nobody is coming. */
const ARRIVES_WITHIN_MINUTES = 60;

export type ForwardStep = {
  readonly channelId: string;
  /** Ids or names; none: what the conversation is about. */
  readonly expertise: readonly string[];
  /** A code such as `fr` or `fr-CA`, or the English name; '' where it does not matter. */
  readonly language: string;
  /** What the customer reads once somebody has come, '' for nothing. */
  readonly message: string;
  /** What the agent should know; only the team reads it. '' for nothing. */
  readonly note: string;
};

function languageOf(typed: string): string {
  if (typed.trim() === '') return '';
  const code = languageMeant(typed);
  if (code !== undefined) return code;
  throw new Refusal('invalid', `There is no language ${quoted(typed)}. Write its English name or code: French, fr.`);
}

function checkTexts(step: ForwardStep): void {
  const long = tooLong(step);
  if (long === undefined) return;
  const { field, length } = long;
  throw new Refusal(
    'invalid',
    `The ${field} can be up to ${FORWARD_TEXT_MAX} characters long; this one has ${length}.`,
  );
}

async function hand(deps: Deps, run: StepRun, step: ForwardStep): Promise<void> {
  const { workspaceId } = run;
  checkTexts(step);
  const language = languageOf(step.language);
  const place = await examinePlace(deps, workspaceId, { channelId: step.channelId });
  const wanted = (await expertiseNamed(deps.db, workspaceId, step.expertise)).map(({ id }) => id);
  const conversation = await transaction(deps.db, async (trx) => {
    const opened = await openFor(trx, deps, workspaceId, place);
    await refreshHomes(trx, deps, workspaceId);
    return opened;
  });
  const wish = { language, country: '', previousAgent: '', ...(wanted.length > 0 && { wanted }) };
  const input = {
    conversationId: conversation.id,
    wish,
    note: step.note.trim(),
    message: step.message,
    cameFrom: 'step',
  } as const;
  await forward(deps, { workspaceId, userId: '' }, input, async (trx, { outcome, forwardId }) => {
    if (!(await setStepWaiting(trx, run.id, { conversationId: conversation.id, forwardId }))) {
      throw new Refusal('gone', 'This step is over already.');
    }
    if (outcome === 'forwarded') {
      const now = deps.now();
      const dueAt = new Date(now.getTime() + ARRIVES_WITHIN_MINUTES * 60_000);
      return setTimer(trx, stepTimer(run), { now, dueAt });
    }
    const over = await completeStep(trx, deps, { ...run, conversationId: conversation.id }, forwardOutputs());
    return announce(trx, workspaceId, over, { now: deps.now(), newId: deps.newId });
  });
}

/** Forwards as Beckon itself. The step ends when the agent is in, or with nobody when nobody is coming. */
export const forwardStep = (
  deps: Deps,
  { workspaceId, executionId }: { workspaceId: string; executionId: string },
  step: ForwardStep,
): Promise<void> =>
  beginStep(deps, { workspaceId, executionId, kind: 'forward_to_operator' }, (run) => hand(deps, run, step));
