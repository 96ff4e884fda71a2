/**
 * The local workspace without a browser: people of it, for tests and scripts, who find things by what is written on them.
 *
 *     const workspace = await connect(slack.url);
 *     const ana = await workspace.as('ana');
 *     await ana.command('acme-support', '/livechat ask');
 *     await ana.submit({ Expertise: ['Billing'], Note: 'Charged twice' });
 *     const card = await ben.until(async () => (await ben.read('support-help')).at(-1));
 *     await ben.press('Join', card);
 */
import type { Field } from './blockkit/fields.ts';
import { mergeState } from './blockkit/state.ts';
import { look, tell } from './driver/calls.ts';
import { findField, isObject, optionsOf, wordsOf } from './driver/find.ts';
import { openStream, untilSeen } from './driver/stream.ts';
import { findInput, findStep, offeredBy, type StepEntry, stepInputs } from './driver/steps.ts';
import { type Entry, type Lookup, valueOf } from './driver/values.ts';
import type { LiveEvent, Message, Step, StepInput, StepRun, View } from './protocol.ts';
import type { ActionBody, Container, Requests, StateValues } from './requests.ts';

export { wordsOf };

type Json = Record<string, unknown>;

/** Where a control is: a message or view as it was read, or what lies on top: the open modal, Home. */
type Place = Message | View | 'modal' | 'home';

export type Workspace = {
  /** this person at a page of their own, until `close` */
  as: (handle: string) => Promise<Somebody>;
  close: () => void;
};

export type Somebody = Awaited<ReturnType<typeof sitDown>>;

/** Connects to a local workspace by its address. */
export async function connect(url: string): Promise<Workspace> {
  const sitting = new Map<string, Promise<Somebody>>();
  const { people } = await look(url, 'people', {});
  return {
    as: (handle) => {
      const person = people.find((known) => known.name === handle);
      if (person === undefined) return Promise.reject(new Error(`nobody is called “${handle}”`));
      const known = sitting.get(handle) ?? sitDown(url, person);
      sitting.set(handle, known);
      return known;
    },
    close: () => {
      for (const somebody of sitting.values()) void somebody.then((one) => one.leave());
    },
  };
}

async function sitDown(url: string, me: { id: string; name: string }) {
  const stream = await openStream(url, me.id);
  const as = me.id;
  /** what is typed but not yet sent, by view */
  const typed = new Map<string, StateValues>();

  const send = <Name extends keyof Requests>(name: Name, body: Omit<Requests[Name], 'as'>): Promise<Json> =>
    tell(url, name, { as, ...body });
  const snapshot = () => look(url, 'snapshot', { as });

  const person = async (handle: string): Promise<string> => {
    const known = (await snapshot()).people.find((one) => one.name === handle || one.id === handle);
    if (known === undefined) throw new Error(`nobody is called “${handle}”`);
    return known.id;
  };
  /** by name, `@handle` for direct messages (`@beckon` the app's), or id */
  const channel = async (name: string): Promise<string> => {
    const { channels } = await snapshot();
    const known = channels.find((one) => one.id === name || (one.kind !== 'im' && one.name === name.replace(/^#/, '')));
    if (known !== undefined) return known.id;
    if (!name.startsWith('@')) throw new Error(`${me.name} sees no channel “${name}”`);
    return String((await send('openDirectMessage', { with: await person(name.slice(1)) }))['channel']);
  };

  const modals = async (): Promise<View[]> => (await snapshot()).modals;
  const modal = async (): Promise<View> => {
    const top = (await modals()).at(-1);
    if (top === undefined) throw new Error(`${me.name} has no window open`);
    return top;
  };
  const home = async (): Promise<View | null> => (await look(url, 'home', { as })).view;
  const placed = async (place: Place): Promise<Message | View> => {
    if (place === 'modal') return modal();
    if (place !== 'home') return place;
    const view = await home();
    if (view === null) throw new Error('Home is empty');
    return view;
  };

  const stateOf = (shown: Message | View): StateValues => mergeState(shown.blocks ?? [], typed.get(idOf(shown)) ?? {});
  const lookup = (shown: Message | View): Lookup => ({
    person,
    channel,
    search: async ({ blockId, actionId }: Field, value) => {
      const answer = await send('options', { container: containerOf(shown), blockId, actionId, value });
      return optionsOf(answer);
    },
  });
  const enter = async (shown: Message | View, field: Field, entry: Entry): Promise<Json & { type: string }> => {
    const value = await valueOf(field, entry, lookup(shown));
    const state = stateOf(shown);
    (state[field.blockId] ??= {})[field.actionId] = value;
    typed.set(idOf(shown), state);
    return value;
  };
  const act = async (shown: Message | View, field: Field, value: Json & { type: string }): Promise<void> => {
    const action = { ...value, block_id: field.blockId, action_id: field.actionId } satisfies ActionBody;
    await send('action', { container: containerOf(shown), action, state: stateOf(shown) });
  };

  const fill = async (entries: Record<string, Entry>): Promise<void> => {
    for (const [name, entry] of Object.entries(entries)) {
      const view = await modal();
      const field = findField(view, name, (type) => type !== 'button');
      const value = await enter(view, field, entry);
      // A control outside an input block, or one that asks for it, tells the app at once.
      if (field.block['type'] !== 'input' || field.block['dispatch_action'] === true) await act(view, field, value);
    }
  };

  const offered = async (step: Step, input: StepInput, query: string) =>
    offeredBy(await send('stepOptions', { callbackId: step.callbackId, input: input.name, query, inputs: {} }));

  return {
    id: me.id,
    name: me.name,
    snapshot,
    modals,
    modal,
    home,
    /** sends a request of the protocol as this person; throws the sentence of a refusal */
    send,
    /** the ts of what was said */
    say: async (where: string, text: string, options: { thread?: string } = {}): Promise<string> =>
      String((await send('message', { channel: await channel(where), text, ...options }))['ts']),
    command: async (where: string, text: string): Promise<void> => {
      await send('command', { channel: await channel(where), text });
    },
    /** a channel's or thread's messages, oldest first, those only this person sees included */
    read: async (where: string, options: { thread?: string } = {}): Promise<Message[]> => {
      const answer = await look(url, 'messages', { as, channel: await channel(where), ...options });
      return answer.messages;
    },
    openHome: async (tab: 'home' | 'messages' = 'home'): Promise<void> => {
      await send('home', { tab });
    },
    press: async (button: string, place: Place): Promise<void> => {
      const shown = await placed(place);
      const field = findField(shown, button, (type) => type === 'button');
      const value = field.element['value'];
      await act(shown, field, { type: 'button', ...(typeof value === 'string' ? { value } : {}) });
    },
    /** picks in a select, menu, checkboxes or date of a message, modal or Home, which tells the app at once */
    choose: async (name: string, entry: Entry, place: Place): Promise<void> => {
      const shown = await placed(place);
      const field = findField(shown, name, (type) => type !== 'button');
      await act(shown, field, await enter(shown, field, entry));
    },
    fill,
    /** fills the top modal in and sends it; answers the sentences under its fields, by block_id, `{}` where there are none */
    submit: async (entries: Record<string, Entry> = {}): Promise<Record<string, unknown>> => {
      await fill(entries);
      const view = await modal();
      const answer = await send('submit', { viewId: view.id, state: stateOf(view) });
      return isObject(answer['errors']) ? answer['errors'] : {};
    },
    closeModal: async (): Promise<void> => {
      await send('closeView', { viewId: (await modal()).id });
    },
    /** by its name in the menu; of a message where one is given */
    shortcut: async (name: string, message?: Message): Promise<void> => {
      const known = (await snapshot()).shortcuts.find((one) => one.name === name || one.callbackId === name);
      if (known === undefined) throw new Error(`${me.name} has no shortcut “${name}”`);
      const on = message === undefined ? {} : { channel: message.channel, ts: message.ts };
      await send('shortcut', { callbackId: known.callbackId, ...on });
    },
    /**
     * runs a workflow that is nothing but this step, named by its title; entries by an input's title or name: `#channel`, `@handle`, options
     * by their words. Answers the run's id
     */
    runStep: async (title: string, entries: Record<string, StepEntry> = {}): Promise<string> => {
      const step = findStep((await snapshot()).steps, title);
      const inputs = await stepInputs(step, entries, { person, channel, offered });
      return String((await send('runStep', { callbackId: step.callbackId, inputs }))['run']);
    },
    /** what the app offers for an input of a step */
    stepOptions: async (title: string, name: string, query = ''): Promise<string[]> => {
      const step = findStep((await snapshot()).steps, title);
      return (await offered(step, findInput(step, name), query)).map(({ words }) => words);
    },
    /** how a run is doing */
    stepRun: async (id: string): Promise<StepRun> => {
      const run = (await snapshot()).runs.find((known) => known.id === id);
      if (run === undefined) throw new Error(`${me.name} started no run “${id}”`);
      return run;
    },
    /** what Slack said beside the composer so far */
    notices: (): string[] => stream.events.flatMap((event) => (event.type === 'notice' ? [event.text] : [])),
    events: (): readonly LiveEvent[] => stream.events,
    /** asks again at every change until the answer is something; throws after five seconds */
    until: <T>(seen: () => Promise<T> | T): Promise<NonNullable<T>> => untilSeen(stream, seen),
    leave: (): void => stream.close(),
  };
}

function idOf(shown: Message | View): string {
  return 'ts' in shown ? `${shown.channel} ${shown.ts}` : shown.id;
}

function containerOf(shown: Message | View): Container {
  if (!('ts' in shown)) return { type: 'view', viewId: shown.id };
  const { channel, ts, ephemeral } = shown;
  return { type: 'message', channel, ts, ...(ephemeral === undefined ? {} : { ephemeral }) };
}
