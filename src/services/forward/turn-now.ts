/** Whose turn it is in conversations, and until when. */
import type { Handle } from '../../store/db.ts';
import { listDue } from '../../store/timers.ts';
import { listOpenTurns } from '../../store/turns.ts';

export type TurnNow = {
  readonly turnId: string;
  readonly userId: string;
  /** They are still being added to the channel. */
  readonly isArriving: boolean;
  readonly since: string;
  /** When it goes to the next; undefined while they arrive, and where the desk has no answer time. */
  readonly until: string | undefined;
};

/** By conversation id; nothing for those in which it is nobody's turn. */
export async function turnsNow(
  db: Handle,
  workspaceId: string,
  conversationIds: readonly string[],
): Promise<Map<string, TurnNow>> {
  const turns = await listOpenTurns(db, conversationIds);
  const ids = turns.map(({ id }) => id);
  const due = await listDue(db, { workspaceId, kind: 'turn.answer', subjectIds: ids });
  return new Map(
    turns.map(({ id, conversationId, userId, state, claimedAt }) => [
      conversationId,
      { turnId: id, userId, isArriving: state === 'arriving', since: claimedAt, until: due.get(id) },
    ]),
  );
}
