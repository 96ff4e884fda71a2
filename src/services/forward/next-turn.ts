/** The one whose turn it was did not take it: the next is chosen, or experts are called. */
import { TURNS_MAX } from '../../domain/forward.ts';
import { findArrival } from '../../store/arrivals.ts';
import { findConversation, lockConversation, type Conversation } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { endForward, findForward, type Forward } from '../../store/forwards.ts';
import { announce } from '../../store/outbox.ts';
import { together } from '../../store/together.ts';
import { findOpenTurn, listTurns, type Turn } from '../../store/turns.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';
import { lookForHelpUnasked } from '../help/look-for-help.ts';
import { refreshHomes } from '../home/refresh.ts';
import { tellNoAgent, tellNoAnswer } from '../webhook/forwarding.ts';
import { choiceFor } from './choice.ts';
import { ASK_FIRST, choose, choosing } from './choose.ts';
import type { Learned } from './learn.ts';
import { claimTurn, storeDecision } from './claim.ts';
import { stepsOver } from './end.ts';
import { waitForAnybody } from './waiting.ts';

/** Whom Slack would not let in had no chance. */
const chances = (turns: readonly Turn[]): number => turns.filter(({ state }) => state !== 'failed').length;

/** Those who were tried did not answer: Beckon asks for help itself. */
async function askInstead(trx: Trx, deps: Deps, forward: Forward, conversation: Conversation): Promise<void> {
  if (!(await endForward(trx, forward.id, 'no_answer', deps.now()))) return;
  await stepsOver(trx, deps, forward);
  const tried = (await listTurns(trx, forward.id)).filter(({ state }) => state !== 'failed');
  await tellNoAnswer(
    trx,
    deps,
    forward,
    tried.map(({ userId }) => userId),
  );
  const { id: forwardId, note } = forward;
  await lookForHelpUnasked(trx, deps, conversation, { because: 'no_answer', forwardId, note });
  await tellForwarder(trx, deps, forward);
}

/** Slack let none of them in, so nobody had a chance. */
async function foundNobody(
  trx: Trx,
  deps: Deps,
  forward: Forward,
  { conversation, decisionId }: { conversation: Conversation; decisionId: string },
): Promise<void> {
  if (!(await endForward(trx, forward.id, 'no_agent', deps.now()))) return;
  await stepsOver(trx, deps, forward);
  await tellNoAgent(trx, deps, forward, decisionId);
  await waitForAnybody(trx, deps, conversation);
  await tellForwarder(trx, deps, forward);
}

/** A person who forwarded it reads what became of it; a bot is told by webhook. */
async function tellForwarder(
  trx: Trx,
  deps: Deps,
  { id, workspaceId, conversationId, askedBy }: Forward,
): Promise<void> {
  if (askedBy === '') return;
  const told = { kind: 'forwarder.told', conversationId, forwardId: id } as const;
  await announce(trx, workspaceId, [told], { now: deps.now(), newId: deps.newId });
}

async function underWay(trx: Trx, workspaceId: string, forwardId: string) {
  const forward = await findForward(trx, workspaceId, forwardId);
  if (forward?.state !== 'open') return undefined;
  const conversation = await lockConversation(trx, workspaceId, forward.conversationId);
  if (conversation === undefined || conversation.closedAt !== undefined) return undefined;
  return (await findOpenTurn(trx, conversation.id)) ? undefined : { forward, conversation };
}

type UnderWay = NonNullable<Awaited<ReturnType<typeof underWay>>>;

/** In the choosing transaction: the next turn, or what happens without one. */
async function decide(
  trx: Trx,
  deps: Deps,
  { forward, conversation }: UnderWay,
  { learned, awayEmoji }: { learned: Learned; awayEmoji: readonly string[] },
) {
  const turns = await listTurns(trx, forward.id);
  if (chances(turns) >= TURNS_MAX) return askInstead(trx, deps, forward, conversation);
  const tried = turns.map(({ userId }) => userId);
  const [choice, arrival] = await together(trx, [
    () => choiceFor(trx, conversation, forward.wish, tried),
    () => findArrival(trx, { workspaceId: conversation.workspaceId, conversationId: conversation.id }),
  ]);
  const chosen = await choose(trx, deps, choice, { learned, awayEmoji });
  if (chosen === ASK_FIRST) return ASK_FIRST;
  const { record, winner } = chosen;
  const deciding = { conversation, forward, record };
  const decisionId = deps.newId();
  if (winner) {
    await claimTurn(trx, deps, deciding, { decisionId, turnId: deps.newId(), winner, awayEmoji, arrival });
  } else {
    await storeDecision(trx, deps, deciding, { id: decisionId, winnerId: '' });
    if (chances(turns) > 0) await askInstead(trx, deps, forward, conversation);
    else await foundNobody(trx, deps, forward, { conversation, decisionId });
  }
  return undefined;
}

/**
 * Chooses the next, leaving out those who had it. After three turns, or with nobody left, Beckon asks for help itself. Does nothing once
 * the forward is over or somebody's turn is open.
 */
export async function nextTurn(deps: Deps, workspaceId: string, forwardId: string): Promise<void> {
  const { db } = deps;
  const asked = await findForward(db, workspaceId, forwardId);
  const before = asked && (await findConversation(db, workspaceId, asked.conversationId));
  if (asked?.state !== 'open' || before === undefined || before.closedAt !== undefined) return;
  const look = async () => {
    const tried = (await listTurns(db, forwardId)).map(({ userId }) => userId);
    return choiceFor(db, before, asked.wish, tried);
  };
  await choosing(deps, look, (learned) =>
    transaction(db, async (trx) => {
      const { awayEmoji } = await lockWorkspace(trx, workspaceId);
      const now = await underWay(trx, workspaceId, forwardId);
      const decided = now && (await decide(trx, deps, now, { learned, awayEmoji }));
      if (decided !== ASK_FIRST) await refreshHomes(trx, deps, workspaceId);
      return decided;
    }),
  );
}
