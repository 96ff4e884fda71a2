/** What the page asks of the local Slack server, and what people do in it. */
import type { Knobs } from './protocol.ts';

/** The state of one form, exactly Slack's `view.state.values` / `state.values`: block_id → action_id → value. */
export type StateValues = Record<string, Record<string, Record<string, unknown>>>;

export type Container =
  | { type: 'message'; channel: string; ts: string; ephemeral?: boolean }
  | { type: 'view'; viewId: string };

/** One interaction with an element. Only the fields of the element's type are set, as Slack sends them. */
export type ActionBody = {
  type: string;
  block_id: string;
  action_id: string;
  value?: string;
  selected_option?: unknown;
  selected_options?: unknown[];
  selected_user?: string;
  selected_users?: string[];
  selected_channel?: string;
  selected_conversation?: string;
  selected_date?: string;
  selected_time?: string;
  selected_date_time?: number;
};

/**
 * Requests. All are `POST /client/<name>` with a JSON body that has `as`, answered `{ok:true,…}` or `{ok:false,error}` where
 * `error` is a sentence fit to show the person, except:
 *   GET /client/people                              → {people: Person[]}  everybody one can be (for the identity switch)
 *   GET /client/snapshot?as=U                       → Snapshot
 *   GET /client/messages?as=U&channel=C[&thread=ts] → {messages: Message[]}  oldest first; a thread's first message included
 *   GET /client/home?as=U                           → {view: View | null}  what was last published; sends nothing to the app
 *   GET /client/events?as=U                         → a WebSocket; each message one LiveEvent
 */
export type Requests = {
  /** `text` as typed: `@ana`, `#acme-support` become Slack's escaped forms; ts of the new message in the answer */
  message: { as: string; channel: string; text: string; thread?: string };
  /** `text` as typed, beginning with '/'. Waits for the app's acknowledgement; an ack with text arrives as an ephemeral message */
  command: { as: string; channel: string; text: string };
  shortcut: { as: string; callbackId: string; channel?: string; ts?: string };
  /** a press or a choice; `state` holds what the surrounding view or message has in its inputs now */
  action: { as: string; container: Container; action: ActionBody; state: StateValues };
  /** answers `{ok:true}`, or `{ok:true, errors:{block_id: sentence}}` when the app refused fields */
  submit: { as: string; viewId: string; state: StateValues };
  /** closes the top view (`clear` closes the stack); notifies the app where the view asked for it */
  closeView: { as: string; viewId: string; clear?: boolean };
  /** answers `{ok:true, options?: unknown[], option_groups?: unknown[]}` */
  options: { as: string; container: Container; blockId: string; actionId: string; value: string };
  /** the person looks at the app's Home (or Messages) tab: sends app_home_opened */
  home: { as: string; tab: 'home' | 'messages' };
  /** the other person's id, or the app's bot user; answers `{ok:true, channel}` */
  openDirectMessage: { as: string; with: string };
  createChannel: { as: string; name: string; private: boolean; external?: boolean };
  invite: { as: string; channel: string; users: string[] };
  joinChannel: { as: string; channel: string };
  leaveChannel: { as: string; channel: string };
  archiveChannel: { as: string; channel: string; archived: boolean };
  renameChannel: { as: string; channel: string; name: string };
  /** changes what Slack says of somebody; sends the events Slack would send (none for presence) */
  setPerson: {
    as: string;
    user: string;
    presence?: 'active' | 'away';
    dndMinutes?: number;
    huddle?: boolean;
    statusEmoji?: string;
    statusText?: string;
    deactivated?: boolean;
    role?: 'member' | 'guest' | 'administrator';
  };
  deleteMessage: { as: string; channel: string; ts: string };
  markRead: { as: string; channel: string };
  /** runs a workflow that is nothing but this step; answers `{ok:true, run}` */
  runStep: { as: string; callbackId: string; inputs: Record<string, unknown> };
  /** what the app offers for an input; answers `{ok:true, options}` in Slack's shape */
  stepOptions: { as: string; callbackId: string; input: string; query: string; inputs: Record<string, unknown> };
  knobs: { as: string; knobs: Knobs };
  /** forgets everything, in the local Slack and in the app, and starts from the seed */
  reset: { as: string };
};
