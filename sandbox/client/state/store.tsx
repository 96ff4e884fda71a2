import { createContext } from 'preact';
import { useContext, useLayoutEffect, useReducer, useRef } from 'preact/hooks';
import type { LiveEvent } from '../../protocol.ts';
import { reduce, type Change } from './reduce.ts';
import { initialState, type State } from './state.ts';

export type Store = {
  get: () => State;
  dispatch: (change: Change | LiveEvent) => void;
  subscribe: (listener: () => void) => () => void;
};

/** The page's only state. */
export function createStore(): Store {
  let state = initialState;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    dispatch: (change) => {
      state = reduce(state, change);
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export const StoreContext = createContext<Store>(createStore());

/** A part of the state; the component is drawn again only when that part is another one. */
export function useSelect<T>(select: (state: State) => T): T {
  const store = useContext(StoreContext);
  const value = select(store.get());
  const [, redraw] = useReducer<number, undefined>((count) => count + 1, 0);
  const latest = useRef({ select, value });
  latest.current = { select, value };
  useLayoutEffect(() => {
    const check = () => {
      if (!Object.is(latest.current.select(store.get()), latest.current.value)) redraw(undefined);
    };
    check();
    return store.subscribe(check);
  }, [store]);
  return value;
}

/** The store itself, for what must read it after a change. */
export function useContextStore(): Store {
  return useContext(StoreContext);
}
