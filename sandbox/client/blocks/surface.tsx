import { createContext, type ComponentChildren } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { Block } from '../../protocol.ts';
import type { ActionBody, Container, StateValues } from '../../requests.ts';
import { useActions } from '../state/actions.ts';
import { useContextStore, useSelect } from '../state/store.tsx';
import { carryValues, type Value } from './form.ts';
import type { Element } from './kit.ts';

/** A message, a modal or Home, as its controls see it. */
export type Surface = {
  container: Container;
  values: StateValues;
  errors: Record<string, string>;
  /** the controls (block id / action id) whose press is not answered yet */
  busy: ReadonlySet<string>;
  /** why the last press in a block failed, by block id */
  failures: Record<string, string>;
  set: (blockId: string, element: Element, value: Value) => StateValues;
  act: (blockId: string, element: Element, extra: Partial<ActionBody>, state?: StateValues) => void;
};

const SurfaceContext = createContext<Surface | undefined>(undefined);

/** The surface a control stands on. */
export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error('A control needs a surface around it');
  return surface;
}

export const controlKey = (blockId: string, actionId: string | undefined) => `${blockId}/${actionId ?? ''}`;

const noErrors: Record<string, string> = {};

type Props = { container: Container; formKey: string; blocks: Block[]; children: ComponentChildren };

/** Holds what the controls below it contain and sends what is done with them. */
export function SurfaceProvider({ container, formKey, blocks, children }: Props) {
  const store = useContextStore();
  const actions = useActions();
  const form = useSelect((state) => state.forms[formKey]);
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [failures, setFailures] = useState<Record<string, string>>(noErrors);

  const set: Surface['set'] = (blockId, element, value) => {
    const actionId = element.action_id ?? '';
    store.dispatch({ type: 'value', form: formKey, blocks, blockId, actionId, value });
    return store.get().forms[formKey]?.values ?? {};
  };
  const press = async (key: string, blockId: string, action: ActionBody, state: StateValues) => {
    setBusy((before) => new Set(before).add(key));
    const answer = await actions.send('action', { container, action, state });
    setBusy((before) => new Set([...before].filter((each) => each !== key)));
    setFailures({ ...noErrors, ...(answer.ok ? {} : { [blockId]: answer.error }) });
  };
  const act: Surface['act'] = (blockId, element, extra, state = carryValues(blocks, form?.values ?? {})) => {
    const key = controlKey(blockId, element.action_id);
    if (busy.has(key)) return;
    const action = { type: element.type, block_id: blockId, action_id: element.action_id ?? '', ...extra };
    void press(key, blockId, action, state);
  };
  const values = carryValues(blocks, form?.values ?? {});
  const surface = { container, values, errors: form?.errors ?? noErrors, busy, failures, set, act };
  return <SurfaceContext.Provider value={surface}>{children}</SurfaceContext.Provider>;
}

/**
 * One control: what it holds and how to change it. A change is an action of its own outside input blocks, and inside them where
 * the block asks for it.
 */
export function useControl(blockId: string, element: Element, dispatches: boolean) {
  const surface = useSurface();
  const actionId = element.action_id ?? '';
  return {
    value: surface.values[blockId]?.[actionId] ?? {},
    change: (value: Omit<Value, 'type'>) => {
      const state = surface.set(blockId, element, { type: element.type, ...value });
      if (dispatches) surface.act(blockId, element, value, state);
    },
    keep: (value: Omit<Value, 'type'>) => surface.set(blockId, element, { type: element.type, ...value }),
    busy: surface.busy.has(controlKey(blockId, actionId)),
    invalid: surface.errors[blockId] !== undefined,
  };
}
