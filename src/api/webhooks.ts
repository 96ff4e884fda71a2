/** What is posted to the server of a bot, as shapes for the document. They are kept equal to the types that what is sent is made of. */
import { z } from 'zod';
import type { WebhookEvent } from '../domain/webhook.ts';
import { agent, namedThing, statuses, time } from './shapes.ts';

type Json = Record<string, unknown>;

/** What each kind of event says beside the conversation it is about. */
type Says = { [Event in WebhookEvent as Event['type']]: Omit<Event, 'type'> };

const status = z.enum(statuses);
const decision = z.string().describe('Id of the decision');

/** What happens, by its `type`, in words and as it is told. */
export const webhooks = {
  'conversation.forwarded': {
    summary: 'Somebody was chosen, and is on the way in',
    says: z.object({
      agent,
      covered: z.array(namedThing).describe('What was wanted and the agent knows'),
      missing: z.array(namedThing).describe('What was wanted and the agent does not know'),
      decision,
    }),
  },
  'conversation.agent_joined': {
    summary: 'An agent is in, by whatever way',
    says: z.object({
      agent,
      came_by: z.enum(['opened', 'joined', 'wrote', 'invited', 'added', 'reopened', 'forwarded']),
    }),
  },
  'conversation.no_agent': {
    summary: 'Nobody could be chosen. If nothing happens for ten minutes, Beckon looks for help',
    says: z.object({ decision }),
  },
  'conversation.no_answer': {
    summary: 'Those who were chosen did not answer, and Beckon looks for help now',
    says: z.object({ tried: z.array(agent) }),
  },
  'conversation.status_changed': {
    summary: 'The status is another one',
    says: z.object({
      status,
      previous_status: status.nullable().describe('null for one that was closed and is open again'),
    }),
  },
  'conversation.message': {
    summary: 'An agent wrote to your visitor, in a channel that Beckon made for the conversation',
    says: z.object({
      agent,
      text: z.string().nullable().describe('Slack’s mrkdwn; null where it could not be delivered for a day'),
      ts: z.string().describe('Slack’s timestamp of the message, which is its id in the channel'),
      has_files: z.boolean().describe('Files are not passed on'),
    }),
  },
  'conversation.closed': {
    summary: 'It is closed',
    says: z.object({ outcome: z.enum(['escalated', 'no_agent', 'never_answered', 'success', 'lost']) }),
  },
} as const satisfies { [Type in keyof Says]: { summary: string; says: z.ZodObject & z.ZodType<Says[Type]> } };

const conversation = z.object({
  id: z.string(),
  reference: z.string().nullable().describe('Your own name for it'),
  channel: z.string().describe('Slack channel id'),
  thread: z.string().nullable().describe('Slack’s timestamp of the message that begins the thread; null in a channel'),
});

const bodyOf = (type: string, data: z.ZodObject): z.ZodObject =>
  z.object({ type: z.literal(type), timestamp: time.describe('When it happened'), data });

/** The whole body of each, by its `type`; `ping` is what *Send a test* posts. */
export const webhookBodies: Readonly<Record<string, { summary: string; body: z.ZodObject }>> = {
  ...Object.fromEntries(
    Object.entries(webhooks).map(([type, { summary, says }]) => [
      type,
      { summary, body: bodyOf(type, z.object({ conversation, ...says.shape })) },
    ]),
  ),
  ping: { summary: 'An administrator sent a test', body: bodyOf('ping', z.object({})) },
};

const header = (name: string, description: string): Json => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});

/** https://www.standardwebhooks.com */
const HEADERS = [
  header('webhook-id', 'The same at every attempt: pass over what you have had'),
  header('webhook-timestamp', 'When it was sent, in seconds since 1970'),
  header('webhook-signature', 'Made with the secret that was shown when the webhook was set up'),
];

/** The `webhooks` of the document. New fields may come, so none is forbidden. */
export function webhooksPart(schemaOf: (shape: z.ZodType) => Json): Json {
  return Object.fromEntries(
    Object.entries(webhookBodies).map(([type, { summary, body }]) => [
      type,
      {
        post: {
          operationId: type,
          summary,
          security: [],
          parameters: HEADERS,
          requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } },
          responses: {
            '2XX': { description: 'Taken, within ten seconds' },
            '410': { description: 'Gone: nothing is sent there any more' },
            default: { description: 'Not taken: it is sent again, for a day' },
          },
        },
      },
    ]),
  );
}
