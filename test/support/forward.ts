/** A conversation to forward, and what tests do with it: time moves a second between any two choices. */
import { openConversation } from '../../src/services/conversation/open.ts';
import { noteMessage } from '../../src/services/conversation/note-message.ts';
import { due } from '../../src/services/due.ts';
import { forward, type ForwardInput, type ForwardOutcome } from '../../src/services/forward/forward.ts';
import { arrive } from '../../src/services/help/arrive.ts';
import { findConversation } from '../../src/store/conversations.ts';
import { claimTimers } from '../../src/store/timers.ts';
import { findOpenTurn, listTurns } from '../../src/store/turns.ts';
import { actor, makeSupport, stampOf } from './help.ts';
import type { TestDeps } from './make.ts';
import { noticesOf } from './state.ts';

export const WISH = { language: '', country: '', previousAgent: '' };

export const whoGot = (outcome: ForwardOutcome): string =>
  outcome.outcome === 'forwarded' ? outcome.agent.userId : 'nobody';

/** Ana's conversation in `CACME`, on a desk where Ben, Cleo and Dan know *Billing* and are active. */
export async function makeForwarding(deps: TestDeps) {
  const ana = actor('UANA');
  await makeSupport(deps, { experts: ['UBEN', 'UCLEO', 'UDAN'] });
  const { conversationId } = await openConversation(deps, ana, { channelId: 'CACME' });
  await deps.db('notices').delete();

  const forwards = (input: Partial<ForwardInput> = {}, by = ana): Promise<ForwardOutcome> => {
    deps.clock.advance({ seconds: 1 });
    const wish = { ...WISH, wanted: ['billing'] };
    return forward(deps, by, { conversationId, wish, note: '', message: '', cameFrom: 'command', ...input });
  };
  const turn = async () => {
    const now = await findOpenTurn(deps.db, conversationId);
    if (now === undefined) throw new Error('It is nobody’s turn.');
    return now;
  };
  return {
    conversationId,
    forwards,
    turn,
    arrives: async () => arrive(deps, 'T1', (await turn()).seatId),
    /** Everything that is due by the clock, as the worker does it. */
    async runTimers() {
      deps.clock.advance({ seconds: 1 });
      const timers = await claimTimers(deps.db, { now: deps.now(), leaseMs: 60_000, limit: 20 });
      for (const timer of timers) await due(deps, timer);
    },
    /** Whose turns the last forward had, and how each stands. */
    async turns(): Promise<string[]> {
      const rows = await deps.db('turns').select<{ forward_id: string }[]>('forward_id').orderBy('claimed_at');
      const last = rows.at(-1);
      const all = last === undefined ? [] : await listTurns(deps.db, last.forward_id);
      return all.map(({ userId, state }) => `${userId} ${state}`);
    },
    status: async () => (await findConversation(deps.db, 'T1', conversationId))?.status,
    write: (userId: string) =>
      noteMessage(deps, { workspaceId: 'T1', channelId: 'CACME', threadTs: '', ts: stampOf(deps), userId }),
    presenceAsked: (): string[] =>
      deps.slack.asked.filter(({ read }) => read === 'presence').flatMap(({ ids }) => [...ids]),
    kinds: async () => (await noticesOf(deps.db)).map(({ kind }) => kind),
  };
}

export type Forwarding = Awaited<ReturnType<typeof makeForwarding>>;
