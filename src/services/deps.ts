/** What every verb is given. */
import type { Person, Presence } from '../domain/person.ts';
import type { Db } from '../store/db.ts';
import type { WebhookTarget } from '../domain/webhook.ts';

/** Who acts, and in which workspace. Every row a verb touches is of that workspace. */
export type Actor = { readonly workspaceId: string; readonly userId: string };

/** Slack did not say (no answer within a second, an error, a person it hides). */
export type Unknown = 'unknown';

export type ChannelFacts = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'direct' | 'group';
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  /** Shared with another organisation, or about to be. */
  readonly isShared: boolean;
  /** Whether Beckon is a member. */
  readonly isMember: boolean;
};

export type Dnd = { readonly startsAt: string | undefined; readonly endsAt: string | undefined };

/** A message, as far as it matters who wrote it. */
export type MessageFacts = { readonly userId: string; readonly text: string; readonly isBot: boolean };

/** An answer as old as this will do; absent: it must be fresh. */
type MembersOptions = { readonly maxAgeMinutes: number };

/**
 * The one way to read Slack. It never throws; what it cannot learn within a second is `unknown` or missing from the answer.
 * It must not be called while a transaction is open.
 */
export type SlackPort = {
  presence(workspaceId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, Presence>>;
  dnd(workspaceId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, Dnd>>;
  people(workspaceId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  /** Members of a channel Beckon is in, `unknown` where it is not, there are too many to read, or Slack did not answer. */
  members(workspaceId: string, channelId: string, options?: MembersOptions): Promise<readonly string[] | Unknown>;
  /** `missing`: there is no such channel, or it is private and Beckon is not in it. */
  channel(workspaceId: string, channelId: string): Promise<ChannelFacts | 'missing' | Unknown>;
  /** The message that begins a thread. `missing`: it was deleted, or there is none. */
  message(workspaceId: string, channelId: string, ts: string): Promise<MessageFacts | 'missing' | Unknown>;
};

/** What setting webhooks up takes of the outside. It must not be called while a transaction is open, but for `secretOf`. */
export type WebhookPort = {
  /** Why nothing may be sent to this URL, in words for who typed it; undefined where it may. Looks its host up. */
  objection(url: string): Promise<string | undefined>;
  /** The secret a token's webhooks are signed with, '' where the configuration has nothing to derive it from. */
  secretOf(tokenId: string, turn: number): string;
  /** Sends a test at once: why it was not taken, undefined where it was. */
  ping(target: WebhookTarget): Promise<string | undefined>;
};

export type Deps = {
  readonly db: Db;
  readonly now: () => Date;
  /** A new id: short, unique, never guessed from another. */
  readonly newId: () => string;
  readonly slack: SlackPort;
  readonly webhooks: WebhookPort;
};
