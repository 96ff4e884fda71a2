/** What happens when a timer is due. */
import type { Timer } from '../store/timers.ts';
import type { Deps } from './deps.ts';
import { forwardNew } from './forward/new.ts';
import { nextTurn } from './forward/next-turn.ts';
import { timeOut } from './forward/pass.ts';
import { helpUnanswered } from './forward/unanswered.ts';
import { callNext } from './help/call-next.ts';
import { noteGone } from './person/note.ts';
import { stepDue } from './step/due.ts';

const DUE: Record<Timer['kind'], (deps: Deps, workspaceId: string, subjectId: string) => Promise<void>> = {
  'help.round': callNext,
  'turn.answer': timeOut,
  'forward.next': nextTurn,
  'forward.new': forwardNew,
  'forward.unanswered': helpUnanswered,
  'step.due': stepDue,
  'person.gone': noteGone,
};

/** Takes the next step a timer stands for; each does nothing where it is not needed any more. */
export const due = (deps: Deps, { kind, workspaceId, subjectId }: Timer): Promise<void> =>
  DUE[kind](deps, workspaceId, subjectId);
