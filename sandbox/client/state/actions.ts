import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { LiveEvent } from '../../protocol.ts';
import type { Requests } from '../../requests.ts';
import { readHome, readMessages, readPeople, readSnapshot, send, type Answer } from '../api.ts';
import { choosePlace, mayOpen, placeToHash } from './route.ts';
import type { Place } from './state.ts';
import type { Store } from './store.tsx';

type Body<Name extends keyof Requests> = Omit<Requests[Name], 'as'>;

export type Actions = {
  /** Sends a request as the person of this page. */
  send: <Name extends keyof Requests>(name: Name, body: Body<Name>) => Promise<Answer>;
  /** The same; what goes wrong is told in a note in the corner. */
  tell: <Name extends keyof Requests>(name: Name, body: Body<Name>) => Promise<Answer>;
  refresh: () => Promise<void>;
  go: (place: Place) => void;
  openThread: (channel: string, ts: string) => void;
  closeThread: () => void;
  openPerson: (user: string) => Promise<void>;
  notice: (text: string) => void;
  live: (event: LiveEvent) => void;
};

/** Where something happens all the time, what was read last has to do. */
const READS_MAX = 5;

let notices = 0;

/** Everything a person can do that reaches the server. */
export function createActions(store: Store, as: string): Actions {
  const { dispatch } = store;
  let happened = 0;
  /** Reads again what was read while something happened: it may be from before that, and would hide it. */
  const readNow = async <T>(read: () => Promise<T>): Promise<T> => {
    for (let reads = 1; ; reads += 1) {
      const before = happened;
      const answer = await read();
      if (happened === before || reads === READS_MAX) return answer;
    }
  };
  const notice = (text: string) => {
    notices += 1;
    const id = notices;
    dispatch({ type: 'toast', id, text });
    setTimeout(() => dispatch({ type: 'dismiss', id }), 10_000);
  };
  const call: Actions['send'] = async (name, body) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the compiler cannot see that Omit plus `as` is the request
    return send(name, { as, ...body } as unknown as Requests[typeof name]);
  };
  const tell: Actions['tell'] = async (name, body) => {
    const answer = await call(name, body);
    if (!answer.ok) notice(answer.error);
    return answer;
  };

  const loadChannel = async (channel: string) => {
    dispatch({ type: 'loaded', channel, messages: await readNow(() => readMessages(as, channel)) });
    dispatch({ type: 'read', channel });
    await call('markRead', { channel });
  };
  const loadThread = async (channel: string, ts: string) => {
    dispatch({ type: 'loadedThread', channel, messages: await readNow(() => readMessages(as, channel, ts)) });
  };
  const loadPlace = async () => {
    const { place, thread, snapshot } = store.get();
    if (place.type === 'channel') await loadChannel(place.id);
    else await loadApp(place.tab);
    if (thread && snapshot) await loadThread(thread.channel, thread.ts);
  };
  const loadApp = async (tab: 'home' | 'messages') => {
    const app = store.get().snapshot?.app;
    const opened = call('home', { tab });
    if (tab === 'home') dispatch({ type: 'homeRead', view: await readNow(() => readHome(as)) });
    else if (app) {
      const answer = await tell('openDirectMessage', { with: app.botUserId });
      if (answer.ok && typeof answer['channel'] === 'string') await loadChannel(answer['channel']);
    }
    await opened;
  };
  const quietly = (work: Promise<void>) => {
    work.catch((error: unknown) => notice(error instanceof Error ? error.message : String(error)));
  };

  const refresh = async () => {
    try {
      const [snapshot, people] = await readNow(() => Promise.all([readSnapshot(as), readPeople()]));
      const first = store.get().snapshot === undefined;
      dispatch({ type: 'snapshot', snapshot, people, localNow: Date.now() });
      if (first) dispatch({ type: 'place', place: choosePlace(location.hash, snapshot) });
      await loadPlace();
    } catch (error) {
      dispatch({ type: 'failed', text: error instanceof Error ? error.message : String(error) });
    }
  };
  const go = (place: Place) => {
    const { snapshot } = store.get();
    if (snapshot && place.type === 'app' && !mayOpen(place, snapshot))
      return notice('This app is not available to you.');
    dispatch({ type: 'place', place });
    if (location.hash !== placeToHash(place)) history.pushState(null, '', placeToHash(place));
    quietly(loadPlace());
  };
  const openPerson = async (user: string) => {
    const { snapshot } = store.get();
    if (user === snapshot?.app.botUserId) return go({ type: 'app', tab: 'messages' });
    const answer = await tell('openDirectMessage', { with: user });
    if (answer.ok && typeof answer['channel'] === 'string') go({ type: 'channel', id: answer['channel'] });
  };
  const live = (event: LiveEvent) => {
    happened += 1;
    dispatch(event);
    if (event.type === 'notice') notice(event.text);
    if (event.type === 'reset') quietly(refresh());
    if (event.type === 'message') markSeen(event.message.channel);
  };
  const markSeen = (channel: string) => {
    const { place } = store.get();
    if (place.type === 'channel' && place.id === channel && document.hasFocus()) void call('markRead', { channel });
  };

  return {
    send: call,
    tell,
    refresh,
    go,
    openThread: (channel, ts) => {
      dispatch({ type: 'thread', thread: { channel, ts } });
      quietly(loadThread(channel, ts));
    },
    closeThread: () => dispatch({ type: 'thread', thread: undefined }),
    openPerson,
    notice,
    live,
  };
}

export const ActionsContext = createContext<Actions | undefined>(undefined);

/** What a person can do from here; only below the page's root. */
export function useActions(): Actions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('Actions are only known below the page');
  return actions;
}
