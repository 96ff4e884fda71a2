import type { Knobs, LiveEvent } from '../protocol.ts';
import type { Json } from './json.ts';
import type { Manifest } from './manifest.ts';
import type { State, StoredMessage } from './state.ts';

/** One Web API call as it was received and answered. */
export type Call = { method: string; args: Json; at: number; answer: Json | { status: number } };

/** What came back from the app for something a person did: its acknowledgement, or why there is none. */
export type Ack = { ok: true; body: unknown } | { ok: false; reason: 'timeout' | 'failed' };

export type Interactive = { type: 'slash_commands' | 'interactive'; payload: Json };

/** The running workspace as its parts see it. Filled once, in start.ts. */
export type Slack = {
  state: State;
  manifest: Manifest;
  scopes: ReadonlySet<string>;
  secrets: { signing: string; botToken: string; appToken: string };
  now: () => number;
  /** where this server listens, without a slash at the end */
  url: string;
  knobs: Knobs;
  /** messages only one person sees, by person; lost when the server stops, as Slack loses them on reload */
  ephemerals: Record<string, StoredMessage[]>;
  calls: Call[];
  /** the state changed and should reach the file soon */
  changed: () => void;
  /** to the open pages of these people; everybody's where absent */
  push: (event: LiveEvent, people?: string[]) => void;
  /** queues an event envelope for the app */
  sendEvent: (envelope: Json) => void;
  /** sends an event a single time and waits until it is acknowledged or will not be */
  sendOnce: (event: Json & { type: string }) => Promise<void>;
  /** sends a command or an interaction to the app and waits for its acknowledgement, at most Slack's three seconds */
  ask: (request: Interactive) => Promise<Ack>;
  appOnline: () => boolean;
  setKnobs: (knobs: Knobs) => void;
  /** forgets everything, in the app too, and starts from the seed */
  reset: () => Promise<void>;
};
