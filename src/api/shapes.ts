/** Shapes that several requests and answers share. Times are ISO 8601 in UTC; what is not known is null. */
import { z } from 'zod';
import { baseLanguage } from '../domain/languages.ts';
import { lengthOf } from '../domain/name.ts';
import { NOTE_MAX } from '../domain/note.ts';
import { countryOf } from '../domain/visitor.ts';
import { wellFormed } from '../domain/well-formed.ts';

export const WANTED_MAX = 100;

const NAME_MAX = 255;

export const nothing = z.strictObject({});

/** PostgreSQL keeps no NUL in a text. Whoever cuts a text at so many units sends half of its last emoji; that is no reason to refuse it. */
export const text = (max: number) =>
  z
    .string()
    .overwrite(wellFormed)
    .refine((typed) => lengthOf(typed) <= max, `is longer than ${max} characters`)
    .meta({ maxLength: max })
    .refine((typed) => !typed.includes('\0'), 'holds a NUL character');

const id = z.string().regex(/^[\w-]{1,64}$/, 'is no id');

export const named = text(NAME_MAX).min(1);

export const conversationParams = z.strictObject({ id });

export const wantedList = z
  .array(named)
  .max(WANTED_MAX)
  .describe('Expertise by name or id; old names and ids of merged ones count as well');

/** A list in a query: with commas between, or as several parameters of one name. */
export const listOf = <List extends z.ZodType<unknown, string[]>>(list: List) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat().flatMap((one) => one.split(',')))
    .transform((parts) => parts.map((part) => part.trim()).filter((part) => part !== ''))
    .pipe(list);

export const language = z
  .string()
  .max(35)
  .transform((tag, context) => {
    const code = baseLanguage(tag);
    if (code !== undefined) return code;
    context.addIssue({ code: 'custom', message: 'is no language: an ISO 639-1 code or a tag like pt-BR' });
    return z.NEVER;
  })
  .describe('ISO 639-1, or a tag such as pt-BR of which only the language counts');

export const country = z
  .string()
  .max(8)
  .transform((code, context) => {
    const known = countryOf(code);
    if (known !== undefined) return known;
    context.addIssue({ code: 'custom', message: 'is no country: an ISO 3166-1 code like FR' });
    return z.NEVER;
  })
  .describe('ISO 3166-1, two letters');

export const note = text(NOTE_MAX).describe('Internal: only your team sees it');

export const userId = z
  .string()
  .regex(/^[UW][A-Z0-9]{2,20}$/, 'is no Slack user id')
  .describe('Slack user id');

export const time = z.iso.datetime();

export const namedThing = z.object({ id: z.string(), name: z.string() });

export const agent = z
  .object({ id: z.string(), name: z.string() })
  .describe('An agent: Slack user id, and the name customers read');

export const statuses = ['in_progress', 'waiting', 'looking_for_help'] as const;

export const conversationAnswer = z.object({
  id: z.string(),
  status: z.enum(statuses).nullable().describe('null once closed'),
  outcome: z
    .enum(['escalated', 'no_agent', 'never_answered', 'success', 'lost'])
    .nullable()
    .describe('How it went, once closed'),
  channel: z.string().describe('Slack channel id'),
  channel_name: z.string(),
  thread: z.string().nullable().describe('Slack’s timestamp of the message that begins the thread; null in a channel'),
  link: z.string().describe('Opens the place in Slack'),
  channel_made: z.boolean().describe('Beckon made the channel for it'),
  desk: namedThing,
  expertise: z.array(namedThing),
  customer_name: z.string().nullable(),
  reference: z.string().nullable().describe('Your own name for it'),
  language: z.string().nullable(),
  country: z.string().nullable(),
  opened_at: time,
  closed_at: time.nullable(),
  agents: z
    .array(
      z.object({
        agent,
        state: z.enum(['arriving', 'in', 'left', 'refused']).describe('refused: Slack would not add them'),
        came_by: z.enum(['opened', 'joined', 'wrote', 'invited', 'added', 'reopened', 'forwarded']),
        claimed_at: time,
        arrived_at: time.nullable(),
      }),
    )
    .describe('Everybody who ever came in or is about to, in that order'),
  forward: z
    .object({
      state: z
        .enum(['open', 'answered', 'no_agent', 'no_answer', 'ended'])
        .describe('no_answer: those chosen did not answer, and Beckon looks for help'),
      asked_at: time,
      turns: z.array(
        z.object({
          agent,
          state: z.enum(['arriving', 'waiting', 'answered', 'passed', 'timed_out', 'failed', 'ended']),
          decision: z.string(),
          claimed_at: time,
          ended_at: time.nullable(),
        }),
      ),
    })
    .nullable()
    .describe('The last forward, with everybody who was tried'),
});
