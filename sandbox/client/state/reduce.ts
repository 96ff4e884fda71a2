import type { Channel, LiveEvent, Message, Person, Snapshot, View } from '../../protocol.ts';
import { carryValues, withValue, type Value } from '../blocks/form.ts';
import { addMessage, isReply, reloaded, removeMessage, withMessages } from './messages.ts';
import { initialState, messageForm, type Form, type Place, type State } from './state.ts';

/** What happens at the page itself; what happens elsewhere arrives as a LiveEvent. */
export type Change =
  | { type: 'snapshot'; snapshot: Snapshot; people: Person[]; localNow: number }
  | { type: 'failed'; text: string }
  | { type: 'place'; place: Place }
  | { type: 'thread'; thread: State['thread'] }
  | { type: 'loaded'; channel: string; messages: Message[] }
  | { type: 'loadedThread'; channel: string; messages: Message[] }
  | { type: 'read'; channel: string }
  | { type: 'value'; form: string; blocks: View['blocks']; blockId: string; actionId: string; value: Value }
  | { type: 'errors'; form: string; errors: Record<string, string> }
  | { type: 'homeRead'; view: View | null }
  | { type: 'toast'; id: number; text: string }
  | { type: 'dismiss'; id: number }
  | { type: 'dismissMessage'; ts: string }
  | { type: 'connected'; connected: boolean };

const noForm: Form = { values: {}, errors: {} };

type Any = Change | LiveEvent;
type Handlers = { [Type in Any['type']]: (state: State, change: Extract<Any, { type: Type }>) => State };

const handlers: Handlers = {
  snapshot: (state, { snapshot, people, localNow }) => withSnapshot(state, snapshot, people, localNow),
  failed: (state, { text }) => ({ ...state, failure: text }),
  place: (state, { place }) => ({ ...state, place, thread: undefined }),
  thread: (state, { thread }) => ({ ...state, thread }),
  loaded: (state, { channel, messages }) => ({ ...state, messages: reloaded(state.messages, channel, messages) }),
  loadedThread: (state, { channel, messages }) => ({
    ...state,
    messages: withMessages(state.messages, channel, messages),
  }),
  read: (state, { channel }) =>
    withChannels(state, (each) => (each.id === channel && each.unread > 0 ? { ...each, unread: 0 } : each)),
  value: withTyped,
  errors: (state, { form, errors }) => {
    const before = state.forms[form] ?? noForm;
    return { ...state, forms: { ...state.forms, [form]: { ...before, errors } } };
  },
  homeRead: (state, { view }) => withHome(state, view),
  toast: (state, { id, text }) => ({ ...state, toasts: [...state.toasts, { id, text }].slice(-4) }),
  dismiss: (state, { id }) => ({ ...state, toasts: state.toasts.filter((toast) => toast.id !== id) }),
  dismissMessage: (state, { ts }) => ({ ...state, dismissed: [...state.dismissed, ts] }),
  connected: (state, { connected }) => ({ ...state, connected }),
  message: (state, { message }) => withArrival(state, message),
  message_changed: (state, { message }) => withChanged(state, message),
  message_deleted: (state, gone) => ({ ...state, messages: removeMessage(state.messages, gone) }),
  home: (state, { view }) => withHome(state, view),
  modals: (state, { modals }) => withModals(state, modals),
  channels: (state, { channels }) => withSnapshotPart(state, { channels }),
  people: (state, { people }) => ({
    ...withSnapshotPart(state, { people }),
    everybody: merged(state.everybody, people),
  }),
  runs: (state, { runs }) => withSnapshotPart(state, { runs }),
  app: (state, { online }) => withSnapshotPart(state, { appOnline: online }),
  knobs: (state, { knobs }) => withSnapshotPart(state, { knobs }),
  notice: (state) => state,
  reset: (state) => ({ ...initialState, place: state.place, everybody: state.everybody }),
};

/** The next state. Pure: the same state and change always give the same result. */
export function reduce(state: State, change: Any): State {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each handler is found under the type it handles
  const handle = handlers[change.type] as (state: State, change: Any) => State;
  return handle(state, change);
}

function withSnapshot(state: State, snapshot: Snapshot, people: Person[], localNow: number): State {
  const next = { ...state, snapshot, failure: undefined, everybody: people, clockOffset: snapshot.now - localNow };
  return withModals(next, snapshot.modals);
}

function withSnapshotPart(state: State, part: Partial<Snapshot>): State {
  return state.snapshot ? { ...state, snapshot: { ...state.snapshot, ...part } } : state;
}

function withChannels(state: State, each: (channel: Channel) => Channel): State {
  return state.snapshot ? withSnapshotPart(state, { channels: state.snapshot.channels.map(each) }) : state;
}

function merged(everybody: Person[], changed: Person[]): Person[] {
  return everybody.map((person) => changed.find((other) => other.id === person.id) ?? person);
}

function withArrival(state: State, message: Message): State {
  const next = { ...state, messages: addMessage(state.messages, message) };
  const mine = message.user === state.snapshot?.me;
  if (mine || message.ephemeral === true || isReply(message) || isOpen(state, message.channel)) return next;
  return withChannels(next, (channel) =>
    channel.id === message.channel ? { ...channel, unread: channel.unread + 1 } : channel,
  );
}

function withChanged(state: State, message: Message): State {
  const key = messageForm(message.channel, message.ts);
  const form = state.forms[key];
  const forms = form ? { ...state.forms, [key]: carried(form, message.blocks ?? []) } : state.forms;
  const known = state.messages[message.channel]?.some((each) => each.ts === message.ts) ?? false;
  return known ? { ...state, forms, messages: withMessages(state.messages, message.channel, [message]) } : state;
}

/** Whether a channel is what the person looks at. */
export function isOpen(state: State, channel: string): boolean {
  if (state.place.type === 'channel') return state.place.id === channel;
  const other = state.snapshot?.channels.find((each) => each.id === channel)?.withUser;
  return state.place.tab === 'messages' && other !== undefined && other === state.snapshot?.app.botUserId;
}

function carried(form: Form, blocks: View['blocks']): Form {
  return { values: carryValues(blocks, form.values), errors: form.errors };
}

/** Views that stay keep what was typed into them; views that closed are forgotten. */
function withModals(state: State, modals: View[]): State {
  const gone = (state.snapshot?.modals ?? []).filter((view) => modals.every((other) => other.id !== view.id));
  const forms = Object.fromEntries(
    Object.entries(state.forms).filter(([key]) => gone.every((view) => view.id !== key)),
  );
  for (const view of modals) forms[view.id] = carried(forms[view.id] ?? noForm, view.blocks);
  return { ...withSnapshotPart(state, { modals }), forms };
}

function withHome(state: State, view: View | null): State {
  if (!view) return { ...state, home: view };
  const form = carried(state.forms[view.id] ?? noForm, view.blocks);
  return { ...state, home: view, forms: { ...state.forms, [view.id]: form } };
}

function withTyped(state: State, change: Extract<Change, { type: 'value' }>): State {
  const form = state.forms[change.form] ?? noForm;
  const started = carryValues(change.blocks, form.values);
  const values = withValue(started, change.blockId, change.actionId, change.value);
  const { [change.blockId]: _corrected, ...errors } = form.errors;
  return { ...state, forms: { ...state.forms, [change.form]: { values, errors } } };
}
