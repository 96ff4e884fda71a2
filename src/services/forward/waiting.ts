/** Nobody waits silently: the times after which something happens by itself. */
import { NO_AGENT_MINUTES } from '../../domain/forward.ts';
import type { Conversation } from '../../store/conversations.ts';
import type { Trx } from '../../store/db.ts';
import { setTimer } from '../../store/timers.ts';
import type { Turn } from '../../store/turns.ts';
import type { Deps } from '../deps.ts';

/** Whoever asked is told and goes on; if nothing happens for a while, experts are called. */
export async function waitForAnybody(trx: Trx, deps: Deps, { workspaceId, id }: Conversation): Promise<void> {
  const now = deps.now();
  const dueAt = new Date(now.getTime() + NO_AGENT_MINUTES * 60_000);
  await setTimer(trx, { workspaceId, kind: 'forward.unanswered', subjectId: id }, { now, dueAt });
}

/** The answer time of a turn begins, where its desk has one. */
export async function startWaiting(trx: Trx, deps: Deps, turn: Turn, answerMinutes: number): Promise<void> {
  if (answerMinutes === 0) return;
  const now = deps.now();
  const dueAt = new Date(now.getTime() + answerMinutes * 60_000);
  await setTimer(trx, { workspaceId: turn.workspaceId, kind: 'turn.answer', subjectId: turn.id }, { now, dueAt });
}
