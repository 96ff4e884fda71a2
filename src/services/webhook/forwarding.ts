/** What becomes of a forward, as the bot is told. */
import type { DecisionRecord } from '../../domain/forward.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Trx } from '../../store/db.ts';
import type { WebhookOf } from '../../store/webhooks.ts';
import { agentsNamed, type NamedAgent } from '../bot/names.ts';
import type { Deps } from '../deps.ts';
import { announceWebhook, webhooksTo } from './announce.ts';

type Where = { readonly workspaceId: string; readonly conversationId: string };

/** Somebody was chosen, and is on the way in. */
export const webhooksForForwarded = (
  webhook: WebhookOf | undefined,
  where: Where,
  { record, decisionId, agent }: { record: DecisionRecord; decisionId: string; agent: NamedAgent },
): Notice[] =>
  webhooksTo(webhook, where, () => {
    const covers = record.considered.find(({ userId }) => userId === agent.id)?.covers ?? [];
    return {
      type: 'conversation.forwarded',
      agent,
      covered: record.wanted.filter(({ id }) => covers.includes(id)),
      missing: record.wanted.filter(({ id }) => !covers.includes(id)),
      decision: decisionId,
    };
  });

/** Nobody could be chosen. */
export const tellNoAgent = (trx: Trx, deps: Deps, where: Where, decision: string): Promise<void> =>
  announceWebhook(trx, deps, where, { type: 'conversation.no_agent', decision });

/** Those who were chosen, in that order, did not answer. */
export const tellNoAnswer = (trx: Trx, deps: Deps, where: Where, userIds: readonly string[]): Promise<void> =>
  announceWebhook(trx, deps, where, async () => {
    const named = await agentsNamed(trx, where.workspaceId, userIds);
    return { type: 'conversation.no_answer', tried: userIds.map(named) };
  });
