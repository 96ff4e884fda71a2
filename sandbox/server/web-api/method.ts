import type { Json } from '../json.ts';
import { parseJson, textOf } from '../json.ts';
import type { Slack } from '../slack.ts';
import type { StoredChannel, StoredPerson } from '../state.ts';

/** A refusal as Slack words it: `{ ok: false, error, … }`. */
export class ApiError extends Error {
  readonly extra: Json;

  constructor(error: string, extra: Json = {}) {
    super(error);
    this.extra = extra;
  }
}

/** Who calls: the bot, or the step whose token came with the call. */
export type Caller = { run?: string };

export type Method = {
  /** any one of these lets a bot call it; empty: none needed */
  scopes: string[];
  tier: 1 | 2 | 3 | 4 | 'special';
  required: string[];
  /** called with the app-level token instead of the bot's */
  appToken?: boolean;
  run: (slack: Slack, args: Json, caller: Caller) => Json;
};

export type Methods = Record<string, Method>;

export function refuse(error: string, extra: Json = {}): never {
  throw new ApiError(error, extra);
}

/** Slack's envelope for bad arguments. */
export function refuseArguments(...messages: string[]): never {
  return refuse('invalid_arguments', {
    response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) },
  });
}

export function needScope(slack: Slack, anyOf: string[]): void {
  if (anyOf.length === 0 || anyOf.some((scope) => slack.scopes.has(scope))) return;
  refuse('missing_scope', { needed: anyOf.join(','), provided: [...slack.scopes].join(',') });
}

export function text(args: Json, key: string): string {
  const value = args[key];
  return typeof value === 'number' ? String(value) : textOf(value);
}

/** A flag, in the ways forms and JSON spell one. */
export function flag(args: Json, key: string): boolean {
  const value = args[key];
  return value === true || value === 'true' || value === '1' || value === 1;
}

/** An argument that is JSON: given as such, or as text in a form. Undefined where absent; `invalid` where unreadable. */
export function jsonArgument(args: Json, key: string): { given: false } | { given: true; value: unknown } {
  const value = args[key];
  if (value === undefined || value === null || value === '') return { given: false };
  return { given: true, value: typeof value === 'string' ? parseJson(value) : value };
}

const READ = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' } as const;

/** The scope a conversation's kind asks for, such as `groups:read`. */
export function scopeFor(channel: StoredChannel, right: string): string {
  return `${READ[channel.kind]}:${right}`;
}

/** A channel the bot may know of: public, or one it is in. Everything else does not exist for it. */
export function visibleChannel(slack: Slack, id: string): StoredChannel {
  const channel = slack.state.channels[id];
  if (channel === undefined || (channel.kind !== 'public' && !isIn(slack, channel))) return refuse('channel_not_found');
  return channel;
}

export function isIn(slack: Slack, channel: StoredChannel): boolean {
  return channel.memberIds.includes(slack.state.app.botUser);
}

export function knownPerson(slack: Slack, id: string): StoredPerson {
  return slack.state.people[id] ?? refuse('user_not_found');
}

/** One page of a list, with Slack's opaque cursor. */
export function page<T>(
  items: T[],
  args: Json,
  limits: { standard: number; most: number },
): { items: T[]; more: Json } {
  const asked = args['limit'] === undefined || args['limit'] === '' ? limits.standard : Number(text(args, 'limit'));
  if (!Number.isInteger(asked) || asked < 0 || asked > limits.most) refuse('invalid_limit');
  const limit = asked === 0 ? limits.standard : asked;
  const start = cursorStart(text(args, 'cursor'));
  if (start > items.length) refuse('invalid_cursor');
  const end = start + limit;
  const next = end < items.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: items.slice(start, end), more: { response_metadata: { next_cursor: next } } };
}

function cursorStart(cursor: string): number {
  if (cursor === '') return 0;
  const start = /^next:(?<start>\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))?.groups?.['start'];
  return start === undefined ? refuse('invalid_cursor') : Number(start);
}
