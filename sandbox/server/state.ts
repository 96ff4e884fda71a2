import type { Block, Person } from '../protocol.ts';
import type { StateValues } from '../requests.ts';
import type { Json } from './json.ts';
import type { StoredRun } from './runs.ts';

/** All a local workspace remembers, as plain JSON: what is written to its file is exactly this. */
export type State = {
  version: 1;
  team: { id: string; name: string; domain: string };
  app: { id: string; botId: string; botUser: string; name: string };
  people: Record<string, StoredPerson>;
  channels: Record<string, StoredChannel>;
  /** by channel, oldest first; thread replies among them */
  messages: Record<string, StoredMessage[]>;
  views: Record<string, StoredView>;
  /** open modals by person, bottom first */
  stacks: Record<string, string[]>;
  /** the published Home by person */
  homes: Record<string, string>;
  /** last read ts by person and channel */
  reads: Record<string, Record<string, string>>;
  triggers: Record<string, StoredTrigger>;
  responseUrls: Record<string, StoredResponseUrl>;
  userGroups: StoredUserGroup[];
  /** workflow runs by execution id, oldest first */
  runs: Record<string, StoredRun>;
  /** events not yet acknowledged by the app */
  pendingEvents: PendingEvent[];
  counters: { ids: number; lastTs: string };
};

export type StoredPerson = Person & { email: string; huddleExpiresAt: number; updatedAt: number };

export type StoredChannel = {
  id: string;
  kind: 'public' | 'private' | 'im' | 'mpim';
  name: string;
  topic: string;
  purpose: string;
  archived: boolean;
  external: boolean;
  creator: string;
  createdAt: number;
  memberIds: string[];
};

export type StoredMessage = {
  channel: string;
  ts: string;
  threadTs?: string;
  user: string;
  text: string;
  blocks?: Block[];
  metadata?: { event_type: string; event_payload: Json };
  editedAt?: string;
  subtype?: string;
  inviter?: string;
  clientMsgId?: string;
  /** whom an ephemeral message is for; those are never stored in the file */
  ephemeralFor?: string;
  unfurl?: boolean;
};

export type StoredView = {
  id: string;
  user: string;
  type: 'modal' | 'home';
  callbackId: string;
  externalId: string;
  title: Json | null;
  submit: Json | null;
  close: Json | null;
  blocks: Block[];
  privateMetadata: string;
  clearOnClose: boolean;
  notifyOnClose: boolean;
  hash: string;
  version: number;
  rootViewId: string;
  previousViewId: string | null;
  values: StateValues;
};

type StoredTrigger = { user: string; at: number; used: boolean; view?: string };

export type StoredResponseUrl = {
  user: string;
  channel: string;
  at: number;
  uses: number;
  /** the message the click was on; absent for a command */
  original?: { ts: string; ephemeral: boolean };
  threadTs?: string;
};

type StoredUserGroup = { id: string; handle: string; name: string; users: string[] };

export type PendingEvent = { envelope: Json; attempt: number; dueAt: number; reason: string };

/** The longest list of used triggers and addresses kept: enough to tell "used" from "never existed". */
const REMEMBERED = 500;

/** The next id of a kind, with Slack's look: a letter and ten capitals or digits. Never repeats in one state. */
export function nextId(state: State, prefix: string): string {
  state.counters.ids += 1;
  // A multiplier prime to 36^7 spreads neighbouring numbers over the whole range without ever meeting twice.
  const spread = (BigInt(state.counters.ids) * 48_271_200_613n) % 36n ** 7n;
  return `${prefix}0B${spread.toString(36).toUpperCase().padStart(7, '0')}`;
}

/** The next message or event time of the workspace, Slack's "seconds.micros": unique, and later than every one before. */
export function nextTs(state: State, nowMs: number): string {
  const [lastSeconds = '0', lastMicros = '0'] = state.counters.lastTs.split('.');
  const seconds = Math.floor(nowMs / 1000);
  if (seconds > Number(lastSeconds)) state.counters.lastTs = `${seconds}.000100`;
  else {
    const micros = Number(lastMicros) + 100;
    const carried = Number(lastSeconds) + Math.floor(micros / 1_000_000);
    state.counters.lastTs = `${carried}.${String(micros % 1_000_000).padStart(6, '0')}`;
  }
  return state.counters.lastTs;
}

/** Drops the oldest entries of an insertion-ordered record, so that a long session does not grow without end. */
export function forgetOldest(record: Record<string, unknown>): void {
  const keys = Object.keys(record);
  for (const key of keys.slice(0, Math.max(0, keys.length - REMEMBERED))) Reflect.deleteProperty(record, key);
}

export function messagesOf(state: State, channel: string): StoredMessage[] {
  return (state.messages[channel] ??= []);
}

export function findMessage(state: State, channel: string, ts: string): StoredMessage | undefined {
  return state.messages[channel]?.find((message) => message.ts === ts);
}

/** The direct message channel of two people, where one exists. */
export function findDirect(state: State, one: string, other: string): StoredChannel | undefined {
  return Object.values(state.channels).find(
    (channel) => channel.kind === 'im' && channel.memberIds.includes(one) && channel.memberIds.includes(other),
  );
}
