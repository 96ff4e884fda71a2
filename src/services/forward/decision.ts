/** Why somebody was chosen: a stored choice as people and bots read it. */
import type { DecisionRecord } from '../../domain/forward.ts';
import { placeOf, type Place } from '../../domain/place.ts';
import { Refusal } from '../../errors.ts';
import { findConversation } from '../../store/conversations.ts';
import { findDecision, listDecisions, type Decision } from '../../store/decisions.ts';
import { findDesk } from '../../store/desks.ts';
import { findForward, type Forward } from '../../store/forwards.ts';
import { listPeople } from '../../store/people.ts';
import { listTurns, type Turn } from '../../store/turns.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAgent } from '../rights.ts';
import { askedWith } from './asked-with.ts';
import { withNames, type RankedAgent } from './ranking.ts';

/** So many of a conversation's choices are shown. */
const SHOWN_MAX = 10;

export type DecisionView = {
  readonly id: string;
  readonly conversationId: string;
  readonly decidedAt: string;
  readonly forward: Forward;
  /** The bot or workflow that forwarded it, '' for a person and for Beckon itself. */
  readonly askedWith: string;
  readonly deskName: string;
  readonly record: DecisionRecord;
  /** The best twenty, best first; the first was chosen. */
  readonly considered: readonly RankedAgent[];
  /** What became of whoever was chosen; undefined where nobody was. */
  readonly turn: Turn | undefined;
  /** Display names of everybody the record names, by user id. */
  readonly names: ReadonlyMap<string, string>;
};

async function viewOf({ db }: Deps, decision: Decision): Promise<DecisionView> {
  const { workspaceId, record } = decision;
  const forward = await findForward(db, workspaceId, decision.forwardId);
  if (forward === undefined) throw new Error('A decision was made for a forward that is not there.');
  const people = await listPeople(db, workspaceId, [...record.except, ...record.asked, record.previousAgent]);
  return {
    id: decision.id,
    conversationId: decision.conversationId,
    decidedAt: decision.decidedAt,
    forward,
    askedWith: await askedWith(db, forward),
    deskName: (await findDesk(db, workspaceId, record.deskId))?.name ?? '',
    record,
    considered: await withNames(db, workspaceId, record.considered, record.wanted),
    turn: (await listTurns(db, forward.id)).find((turn) => turn.decisionId === decision.id),
    names: new Map([...people.values()].map(({ userId, name }) => [userId, name])),
  };
}

/** One choice. @throws Refusal `not_found` */
export async function decisionView(deps: Deps, workspaceId: string, decisionId: string): Promise<DecisionView> {
  const decision = await findDecision(deps.db, workspaceId, decisionId);
  if (decision === undefined) throw new Refusal('not_found', 'There is no such decision.');
  return viewOf(deps, decision);
}

export type Why = Place & {
  readonly conversationId: string;
  readonly decisions: readonly DecisionView[];
  /** The reader may know who does not want to be disturbed or is in a huddle. */
  readonly isAdministrator: boolean;
};

/**
 * The choices made for a conversation, open or closed, the last first.
 *
 * @throws Refusal `not_allowed`, `not_found`
 */
export async function why(deps: Deps, actor: Actor, { conversationId }: { conversationId: string }): Promise<Why> {
  const { isAdministrator } = await requireAgent(deps.db, actor);
  const conversation = await findConversation(deps.db, actor.workspaceId, conversationId);
  if (conversation === undefined) throw new Refusal('not_found', 'That conversation is not there any more.');
  const decisions = await listDecisions(deps.db, conversationId, SHOWN_MAX);
  const views: DecisionView[] = [];
  for (const decision of decisions) views.push(await viewOf(deps, decision));
  return { ...placeOf(conversation), conversationId, decisions: views, isAdministrator };
}
