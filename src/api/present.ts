/** What bots read, in the API's own words. */
import type { z } from 'zod';
import type { BotView } from '../services/bot/view.ts';
import type { conversationAnswer } from './shapes.ts';

const orNull = (text: string): string | null => (text === '' ? null : text);

export const presentConversation = (view: BotView): z.input<typeof conversationAnswer> => ({
  id: view.id,
  status: view.status ?? null,
  outcome: view.outcome ?? null,
  channel: view.channelId,
  channel_name: view.channelName,
  thread: orNull(view.threadTs),
  link: view.link,
  channel_made: view.isMade,
  desk: view.desk,
  expertise: [...view.expertise],
  customer_name: orNull(view.customerName),
  reference: orNull(view.reference),
  language: orNull(view.language),
  country: orNull(view.country),
  opened_at: view.openedAt,
  closed_at: view.closedAt ?? null,
  agents: view.agents.map((seat) => ({
    agent: seat.agent,
    state: seat.state,
    came_by: seat.cameBy,
    claimed_at: seat.claimedAt,
    arrived_at: seat.arrivedAt ?? null,
  })),
  forward: view.forward
    ? {
        state: view.forward.state,
        asked_at: view.forward.askedAt,
        turns: view.forward.turns.map((turn) => ({
          agent: turn.agent,
          state: turn.state,
          decision: turn.decisionId,
          claimed_at: turn.claimedAt,
          ended_at: turn.endedAt ?? null,
        })),
      }
    : null,
});
