import type { Message, Person, Snapshot, View } from '../../protocol.ts';
import type { StateValues } from '../../requests.ts';

/** What fills the middle of the page. */
export type Place = { type: 'channel'; id: string } | { type: 'app'; tab: 'home' | 'messages' };

/** A note in the corner: it stays until dismissed or for ten seconds. */
type Toast = { id: number; text: string };

/** What a form holds now and which fields were refused. */
export type Form = { values: StateValues; errors: Record<string, string> };

export type State = {
  /** epoch milliseconds of the server minus those of this machine */
  clockOffset: number;
  snapshot: Snapshot | undefined;
  /** why there is nothing to show */
  failure: string | undefined;
  everybody: Person[];
  place: Place;
  thread: { channel: string; ts: string } | undefined;
  /** every message known of a channel, threads included, by time; absent while it was never loaded */
  messages: Record<string, Message[]>;
  /** timestamps of ephemeral messages this person has put away */
  dismissed: string[];
  /** undefined: not read yet */
  home: View | null | undefined;
  /** by view id, or channel and ts of a message */
  forms: Record<string, Form>;
  toasts: Toast[];
  connected: boolean;
};

export const initialState: State = {
  clockOffset: 0,
  snapshot: undefined,
  failure: undefined,
  everybody: [],
  place: { type: 'app', tab: 'home' },
  thread: undefined,
  messages: {},
  dismissed: [],
  home: undefined,
  forms: {},
  toasts: [],
  connected: true,
};

/** The form key of a message's controls. */
export function messageForm(channel: string, ts: string): string {
  return `${channel}/${ts}`;
}
