/** What is kept of an event that could not be worked on, until an administrator decides. */

/** Where people's words are in Slack's events: Beckon keeps no message text. */
const WORDS = new Set([
  'text',
  'blocks',
  'attachments',
  'files',
  'message',
  'previous_message',
  'status_text',
  'title',
  'topic',
  'purpose',
]);

function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (WORDS.has(key) ? [] : [[key, withoutWords(inner)]])),
  );
}

/** A Home that could not be shown is shown when it is opened next: nobody needs to decide about it. */
const NOT_KEPT = new Set(['app_home_opened']);

/** The event of a body as Slack sends it, '' where it has none. */
export function eventTypeOf(body: Readonly<Record<string, unknown>>): string {
  const { type } = eventOf(body);
  return typeof type === 'string' ? type : '';
}

function eventOf({ event }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return typeof event === 'object' && event !== null ? { ...event } : {};
}

/** The body without what anybody wrote: enough to work on it again. Undefined for what nobody misses. */
export const keptOf = (body: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined =>
  NOT_KEPT.has(eventTypeOf(body)) ? undefined : { ...body, event: withoutWords(eventOf(body)) };

/** Whom and which channel an event is about, '' where it names none. */
export function aboutOf(body: Readonly<Record<string, unknown>>): { userId: string; channelId: string } {
  const { user, channel } = eventOf(body);
  return { userId: idOf(user), channelId: idOf(channel) };
}

const idOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : '';
};
