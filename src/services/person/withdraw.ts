/** Whoever has become a customer must not read on what Beckon wrote to them as a colleague. */
import type { Trx } from '../../store/db.ts';
import { announce } from '../../store/outbox.ts';
import type { Deps } from '../deps.ts';

/** Takes part in the transaction that makes somebody a customer: what they were sent is withdrawn, and their Home shows nothing of the team. */
export const withdrawMessages = (trx: Trx, { now, newId }: Deps, workspaceId: string, userId: string): Promise<void> =>
  announce(trx, workspaceId, [{ kind: 'person.withdrawn', userId }], { now: now(), newId });
