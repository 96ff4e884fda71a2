/** Forwarding, and why who was chosen. */
import { z } from 'zod';
import { FORWARD_TEXT_MAX } from '../domain/forward.ts';
import { decisionForBot, type DecisionForBot } from '../services/bot/decision.ts';
import { forwardForBot, type Forwarded } from '../services/bot/forward.ts';
import { rankingForBot } from '../services/bot/ranking.ts';
import type { RankedAgent } from '../services/forward/ranking.ts';
import { route, settledBy } from './route.ts';
import {
  agent,
  conversationParams,
  country,
  language,
  listOf,
  named,
  namedThing,
  note,
  nothing,
  text,
  time,
  userId,
  WANTED_MAX,
  wantedList,
} from './shapes.ts';

const AGENTS = 10;
const AGENTS_MAX = 50;

const previousAgent = userId.describe('Slack user id of who had this customer before');

const outcome = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('forwarded').describe('Claimed: they are in once Slack has added them'),
    agent,
    covered: z.array(namedThing).describe('What was wanted and they know'),
    missing: z.array(namedThing).describe('What was wanted and they do not'),
    decision: z.string(),
  }),
  z.object({
    outcome: z.literal('no_agent').describe('Nobody is available; nothing was posted'),
    decision: z.string(),
  }),
]);

function presentForwarded({ decisionId, ...told }: Forwarded): z.input<typeof outcome> {
  if (told.outcome === 'no_agent') return { outcome: told.outcome, decision: decisionId };
  return { ...told, covered: [...told.covered], missing: [...told.missing], decision: decisionId };
}

export const forwardConversation = route({
  method: 'post',
  path: '/conversations/{id}/forward',
  id: 'forwardConversation',
  summary: 'Give it to the best agent who can take it',
  description:
    'The agent is added to the channel, told why it is theirs, and the customer reads who joined. Who does not answer in the desk’s answer time, or passes, is followed by the next. With nobody available the bot goes on; if nothing happens for ten minutes Beckon looks for help.',
  params: conversationParams,
  query: nothing,
  body: z.strictObject({
    expertise: wantedList.optional().describe('By name or id; absent: the conversation’s; []: none'),
    language: language.optional().describe('Absent: the conversation’s'),
    country: country.optional().describe('Absent: the conversation’s'),
    previous_agent: previousAgent.optional(),
    candidates: z
      .array(userId)
      .min(1)
      .max(WANTED_MAX)
      .optional()
      .describe('Only these are considered, whether they are available or not'),
    message: text(FORWARD_TEXT_MAX).optional().describe('Posted to the customer, only if somebody comes'),
    note: note.optional(),
  }),
  answer: outcome,
  answers: 'Forwarded',
  status: 200,
  refuses: [404, 409, 422],
  run: ({ deps, bot, params, body, attempt }) => {
    const asked = {
      conversationId: params.id,
      expertise: body.expertise,
      language: body.language,
      country: body.country,
      previousAgent: body.previous_agent ?? '',
      candidates: body.candidates,
      message: body.message ?? '',
      note: body.note ?? '',
    };
    return settledBy(attempt, presentForwarded, (once) => forwardForBot(deps, bot, asked, once));
  },
});

const factors = z.object({
  agent,
  covered: z.array(namedThing),
  missing: z.array(namedThing),
  speaks_language: z.boolean(),
  in_country: z.boolean(),
  is_previous_agent: z.boolean(),
  presence: z.enum(['active', 'unknown']).describe('unknown: Slack has not said lately whether they are there'),
  came_in_lately: z.boolean().describe('Came into another conversation a moment ago'),
  open_conversations: z.int().describe('Open ones of the last half hour, of all desks'),
  last_forwarded_at: time.nullable(),
});

const presentFactors = (who: RankedAgent, shown: { id: string; name: string }): z.input<typeof factors> => ({
  agent: shown,
  covered: [...who.covered],
  missing: [...who.missing],
  speaks_language: who.speaks,
  in_country: who.isInCountry,
  is_previous_agent: who.isPrevious,
  presence: who.isUnknown ? 'unknown' : 'active',
  came_in_lately: who.inBuffer,
  open_conversations: who.load,
  last_forwarded_at: who.lastForwardedAt === '' ? null : who.lastForwardedAt,
});

export const listAgents = route({
  method: 'get',
  path: '/agents',
  id: 'listAgents',
  summary: 'Who would get a conversation now, best first',
  description:
    'The ranking of a forward, without forwarding. Those who could not take one are left out, without saying why.',
  params: nothing,
  query: z.strictObject({
    desk: named.optional().describe('By name or id; absent: the default'),
    expertise: listOf(wantedList).optional().describe('By name or id, with commas between or as several parameters'),
    language: language.optional(),
    country: country.optional(),
    previous_agent: previousAgent.optional(),
    limit: z.coerce.number().int().min(1).max(AGENTS_MAX).default(AGENTS),
  }),
  answer: z.object({ desk: namedThing, wanted: z.array(namedThing), agents: z.array(factors) }),
  answers: 'Ranking',
  status: 200,
  refuses: [422],
  run: async ({ deps, bot, query }) => {
    const { desk, wanted, agents } = await rankingForBot(deps, bot, {
      desk: query.desk,
      expertise: query.expertise ?? [],
      language: query.language ?? '',
      country: query.country ?? '',
      previousAgent: query.previous_agent ?? '',
      limit: query.limit,
    });
    return { desk, wanted: [...wanted], agents: agents.map((who) => presentFactors(who, who.agent)) };
  },
});

const decision = z.object({
  id: z.string(),
  conversation: z.string(),
  decided_at: time,
  desk: namedThing,
  order: z.enum(['expertise_first', 'language_first']),
  wanted: z.array(namedThing),
  language: z.string().nullable(),
  country: z.string().nullable(),
  previous_agent: agent.nullable(),
  only_candidates: z.boolean().describe('Only named people were considered, whether they were available or not'),
  winner: agent.nullable(),
  considered: z.array(factors).describe('The best twenty, best first'),
  left_out: z
    .record(z.enum(['preferences', 'at_capacity', 'unavailable']), z.int())
    .describe('Agents of the desk left out, by reason; why somebody is unavailable is theirs to say'),
  presence_asked: z.int().describe('Of how many Slack was asked whether they are there'),
  found_away: z.int(),
});

/** Who is in do not disturb or in a huddle is nobody else's business: a bot reads how many are unavailable. */
function leftOutForBot({ preferences = 0, at_capacity: full = 0, ...others }: DecisionForBot['record']['leftOut']) {
  const unavailable = Object.values(others).reduce((sum, count) => sum + count, 0);
  return { preferences, at_capacity: full, unavailable };
}

function presentDecision(view: DecisionForBot): z.input<typeof decision> {
  const { record, named: nameOf } = view;
  const [winner] = view.considered;
  return {
    id: view.id,
    conversation: view.conversationId,
    decided_at: view.decidedAt,
    desk: { id: record.deskId, name: view.deskName },
    order: record.order,
    wanted: [...record.wanted],
    language: record.language === '' ? null : record.language,
    country: record.country === '' ? null : record.country,
    previous_agent: record.previousAgent === '' ? null : nameOf(record.previousAgent),
    only_candidates: record.isExplicit,
    winner: winner === undefined ? null : nameOf(winner.userId),
    considered: view.considered.map((who) => presentFactors(who, nameOf(who.userId))),
    left_out: leftOutForBot(record.leftOut),
    presence_asked: record.asked.length,
    found_away: record.away.length,
  };
}

export const readDecision = route({
  method: 'get',
  path: '/decisions/{id}',
  id: 'readDecision',
  summary: 'Why somebody was chosen, or nobody',
  description: 'Of what this token asked for.',
  params: conversationParams,
  query: nothing,
  answer: decision,
  answers: 'Decision',
  status: 200,
  refuses: [404],
  run: async ({ deps, bot, params }) => presentDecision(await decisionForBot(deps, bot, params.id)),
});
