/**
 * What the page in the browser and the local Slack server say to each other: JSON over HTTP below `/client/` (what is asked stands
 * in `requests.ts`), live changes over a WebSocket. It is not part of Slack's public protocol; Beckon never sees it. The test suite speaks it too, so a
 * journey does exactly what a person at the page does.
 *
 * Who acts is named in every call (`as`), so two tabs can be two people.
 */

/** Block Kit as it travels: checked by `sandbox/blockkit` before it is stored, drawn by the page as it is. */
export type Block = { type: string; block_id?: string; [key: string]: unknown };

export type Role = 'administrator' | 'member' | 'guest' | 'outsider' | 'bot';

export type Person = {
  id: string;
  /** handle, unique in the workspace: "ana" */
  name: string;
  realName: string;
  displayName: string;
  role: Role;
  /** one line for the identity switch: "Support agent", "Guest from Acme" */
  title: string;
  /** the organisation's team id; another one than the workspace's for outsiders */
  teamId: string;
  /** shown as a badge for guests and outsiders: "Acme", "Globex" */
  company: string;
  timeZone: string;
  locale: string;
  presence: 'active' | 'away';
  /** do not disturb until (epoch seconds), 0: off */
  dndUntil: number;
  huddle: boolean;
  statusEmoji: string;
  statusText: string;
  deactivated: boolean;
  /** two letters and a colour draw the avatar; no picture is fetched */
  initials: string;
  color: string;
};

export type Channel = {
  id: string;
  kind: 'public' | 'private' | 'im' | 'mpim';
  /** without '#'; for a direct message the other person's display name */
  name: string;
  topic: string;
  archived: boolean;
  /** shared with another organisation (Slack Connect) */
  external: boolean;
  /** whether the person asking is a member */
  member: boolean;
  memberIds: string[];
  /** the other side of a direct message */
  withUser?: string;
  unread: number;
};

export type Message = {
  channel: string;
  ts: string;
  threadTs?: string;
  /** user id of the author; the app's bot user for its messages */
  user: string;
  text: string;
  blocks?: Block[];
  /** seen only by the person asking; in `messages` until the local workspace stops, in no file */
  ephemeral?: boolean;
  edited?: boolean;
  /** "joined #channel" and the like */
  subtype?: string;
  replyCount?: number;
  replyUsers?: string[];
  latestReply?: string;
};

export type View = {
  id: string;
  type: 'modal' | 'home';
  callbackId: string;
  title: string;
  submit?: string;
  close?: string;
  blocks: Block[];
  privateMetadata: string;
  hash: string;
  /** changes whenever the view's content is replaced, so that the page keeps typed values only for unchanged inputs */
  version: number;
};

export type SlashCommand = { command: string; description: string; usageHint: string };
type Shortcut = { callbackId: string; name: string; type: 'global' | 'message'; description: string };

/** An input of a workflow step, as Workflow Builder asks for it. */
export type StepInput = {
  name: string;
  /** Slack's: "string", "array", "integer", "boolean", "slack#/types/channel_id", … */
  type: string;
  title: string;
  description: string;
  required: boolean;
  /** its values are chosen from a list the app provides */
  offered: boolean;
};

/** A step the app brings to Workflow Builder. */
export type Step = {
  callbackId: string;
  title: string;
  description: string;
  inputs: StepInput[];
  outputs: { name: string; title: string; type: string }[];
};

/** A workflow of one step that this person started. */
export type StepRun = {
  id: string;
  callbackId: string;
  inputs: Record<string, unknown>;
  /** epoch milliseconds */
  startedAt: number;
  endedAt?: number;
  state: 'running' | 'completed' | 'failed';
  outputs: Record<string, unknown>;
  /** what the app said, or why the app could not say it; '' unless failed */
  error: string;
};

export type Snapshot = {
  workspace: { id: string; name: string; domain: string };
  app: {
    id: string;
    name: string;
    botUserId: string;
    description: string;
    /** nobody can write to the app: its direct messages have no composer */
    messagesReadOnly?: boolean;
  };
  me: string;
  people: Person[];
  /** what this person sees in the sidebar: public channels (not for guests and outsiders), own private channels and direct messages */
  channels: Channel[];
  commands: SlashCommand[];
  shortcuts: Shortcut[];
  /** what this person can put into a workflow */
  steps: Step[];
  /** workflows this person started, newest first */
  runs: StepRun[];
  /** open modals of this person, bottom first */
  modals: View[];
  /** whether the app is connected (socket) or its address answers */
  appOnline: boolean;
  knobs: Knobs;
  /** server time, epoch milliseconds: the page counts timers from it */
  now: number;
};

/** Faults on demand. Everything off: `{}`. */
export type Knobs = {
  /** added to every Web API answer, milliseconds */
  latencyMs?: number;
  /** answer the next n Web API calls (optionally only of one method) with HTTP 429 and this Retry-After in seconds */
  rateLimitNext?: { calls: number; retryAfter: number; method?: string };
  /** answer the next n Web API calls (optionally only of one method) with HTTP 500 */
  failNext?: { calls: number; method?: string };
  /** answer the next n calls of one method with a platform error: `{ok:false,error}` */
  errorNext?: { calls: number; method: string; error: string };
  /** do the next n calls' work and then cut the connection without an answer (optionally only of one method) */
  cutNext?: { calls: number; method?: string };
  /** deliver every event this many extra times */
  duplicateEvents?: number;
  /** enforce Slack's published rate limits per method */
  rateLimits?: boolean;
};

/** Pushed to every page of the person concerned; a page that was away asks for a new snapshot. */
export type LiveEvent =
  | { type: 'message'; message: Message }
  | { type: 'message_changed'; message: Message }
  | { type: 'message_deleted'; channel: string; ts: string; threadTs?: string }
  /** sidebar or membership changed */
  | { type: 'channels'; channels: Channel[] }
  | { type: 'people'; people: Person[] }
  /** a workflow of this person began or ended */
  | { type: 'runs'; runs: StepRun[] }
  /** this person's open modals, bottom first, after any change */
  | { type: 'modals'; modals: View[] }
  | { type: 'home'; view: View }
  | { type: 'app'; online: boolean }
  | { type: 'knobs'; knobs: Knobs }
  /** something Slack would say beside the composer: "/expertise failed with the error “operation_timeout”" */
  | { type: 'notice'; text: string }
  | { type: 'reset' };
