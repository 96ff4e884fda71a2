/** Conversations: opening, reading and changing them. */
import { z } from 'zod';
import { CUSTOMER_NAME_MAX, REFERENCE_MAX, TRANSCRIPT_MAX, VISITOR_WORDS_MAX } from '../domain/visitor.ts';
import { askHelpForBot } from '../services/bot/ask-help.ts';
import { closeForBot, setStatusForBot } from '../services/bot/change.ts';
import { openForBot } from '../services/bot/open.ts';
import { sayForBot } from '../services/bot/say.ts';
import { conversationForBot, conversationsForBot } from '../services/bot/view.ts';
import { cursorOf, readCursor } from './cursor.ts';
import { presentConversation } from './present.ts';
import { route, settledBy } from './route.ts';
import {
  conversationAnswer,
  conversationParams,
  country,
  language,
  named,
  note,
  nothing,
  statuses,
  text,
  wantedList,
} from './shapes.ts';

const PAGE = 50;
const PAGE_MAX = 100;

export const openConversation = route({
  method: 'post',
  path: '/conversations',
  id: 'openConversation',
  summary: 'Open a conversation',
  description:
    'In a channel or thread where Beckon is, or, without a channel, in a new private one that Beckon makes for your visitor. Nobody is in it yet: forward it, or ask for help.',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    channel: z
      .string()
      .regex(/^[CGD][A-Z0-9]{2,20}$/, 'is no Slack channel id')
      .optional()
      .describe('Slack channel id; absent: a new private channel'),
    thread: z
      .string()
      .regex(/^\d{1,12}\.\d{6}$/, 'is no Slack timestamp')
      .optional()
      .describe('Slack’s timestamp of the message that begins the thread'),
    desk: named.optional().describe('By name or id; absent: the channel’s, else the default'),
    expertise: wantedList.optional(),
    note: note.optional(),
    customer_name: text(CUSTOMER_NAME_MAX).optional(),
    reference: text(REFERENCE_MAX).optional().describe('Your own name for it; you get it back'),
    language: language.optional(),
    country: country.optional(),
    transcript: text(TRANSCRIPT_MAX).optional().describe('What was said before; the agent reads it'),
  }),
  answer: conversationAnswer,
  answers: 'Conversation',
  status: 201,
  refuses: [409, 422, 503],
  run: ({ deps, bot, body, attempt }) => {
    const { channel, thread, desk, expertise = [], customer_name: customerName = '' } = body;
    const { note: internal = '', reference = '', transcript = '' } = body;
    const opening = {
      spot:
        channel === undefined ? undefined : { channelId: channel, ...(thread !== undefined && { threadTs: thread }) },
      desk,
      expertise,
      note: internal,
      customerName,
      reference,
      language: body.language ?? '',
      country: body.country ?? '',
      transcript,
    };
    return settledBy(attempt, presentConversation, (once) => openForBot(deps, deps.makeChannel, bot, opening, once));
  },
});

export const listConversations = route({
  method: 'get',
  path: '/conversations',
  id: 'listConversations',
  summary: 'The conversations this token opened, newest first',
  params: nothing,
  query: z.strictObject({
    status: z.enum(['open', 'closed', ...statuses]).optional(),
    reference: text(REFERENCE_MAX).optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE),
    cursor: z.string().max(500).optional().describe('`next` of the page before'),
  }),
  answer: z.object({
    conversations: z.array(conversationAnswer),
    next: z.string().nullable().describe('The cursor of the next page; null on the last one'),
  }),
  answers: 'ConversationList',
  status: 200,
  refuses: [422],
  run: async ({ deps, bot, query: { cursor, ...rest } }) => {
    const before = cursor === undefined ? undefined : readCursor(cursor);
    const { conversations, next } = await conversationsForBot(deps, bot, { ...rest, before });
    return { conversations: conversations.map(presentConversation), next: next ? cursorOf(next) : null };
  },
});

export const readConversation = route({
  method: 'get',
  path: '/conversations/{id}',
  id: 'readConversation',
  summary: 'One conversation: who is in it, its status, how it went',
  params: conversationParams,
  query: nothing,
  answer: conversationAnswer,
  answers: 'Conversation',
  status: 200,
  refuses: [404],
  run: async ({ deps, bot, params }) => presentConversation(await conversationForBot(deps.db, bot, params.id)),
});

export const setStatus = route({
  method: 'post',
  path: '/conversations/{id}/status',
  id: 'setStatus',
  summary: 'Set the status',
  description:
    'Looking for help is asked for with `help`; leaving it withdraws the request. The customer is told nothing.',
  params: conversationParams,
  query: nothing,
  body: z.strictObject({ status: z.enum(['in_progress', 'waiting']) }),
  answer: conversationAnswer,
  answers: 'Conversation',
  status: 200,
  refuses: [404, 409, 422],
  run: ({ deps, bot, params, body, attempt }) =>
    settledBy(attempt, presentConversation, (once) =>
      setStatusForBot(deps, bot, { conversationId: params.id, status: body.status }, once),
    ),
});

export const closeConversation = route({
  method: 'post',
  path: '/conversations/{id}/close',
  id: 'closeConversation',
  summary: 'Close it',
  description: 'Everybody in it is free at once. The customer is told nothing.',
  params: conversationParams,
  query: nothing,
  body: nothing,
  answer: conversationAnswer,
  answers: 'Conversation',
  status: 200,
  refuses: [404, 409],
  run: ({ deps, bot, params, attempt }) =>
    settledBy(attempt, presentConversation, (once) => closeForBot(deps, bot, params.id, once)),
});

export const askForHelp = route({
  method: 'post',
  path: '/conversations/{id}/help',
  id: 'askForHelp',
  summary: 'Look for help',
  description:
    'The conversation is Looking for help: its card is in the desk’s help channel, the best matches are called, and the first who presses Join is in. Asked again while open, the request gets the expertise and the note.',
  params: conversationParams,
  query: nothing,
  body: z.strictObject({ expertise: wantedList.optional(), note: note.optional() }),
  answer: conversationAnswer,
  answers: 'Conversation',
  status: 200,
  refuses: [404, 409, 422],
  run: ({ deps, bot, params, body, attempt }) => {
    const { expertise = [], note: internal = '' } = body;
    const asked = { conversationId: params.id, expertise, note: internal };
    return settledBy(attempt, presentConversation, (once) => askHelpForBot(deps, bot, asked, once));
  },
});

export const postMessage = route({
  method: 'post',
  path: '/conversations/{id}/messages',
  id: 'postMessage',
  summary: 'Post what your visitor wrote',
  description:
    'In a channel that Beckon made, under the customer’s name. It counts as the customer’s word: Waiting for customer ends. It is posted within moments, in order, and never twice.',
  params: conversationParams,
  query: nothing,
  body: z.strictObject({ text: text(VISITOR_WORDS_MAX).min(1) }),
  answer: z.object({ id: z.string() }),
  answers: 'Accepted',
  status: 202,
  refuses: [404, 409, 422],
  run: ({ deps, bot, params, body, attempt }) =>
    settledBy(
      attempt,
      (id: string) => ({ id }),
      (once) => sayForBot(deps, bot, { conversationId: params.id, text: body.text }, once),
    ),
});
