import { randomBytes } from 'node:crypto';
import { initialState, mergeState } from '../blockkit/state.ts';
import { completeBlocks } from './blocks.ts';
import { isObject, type Json, objects, textOf } from './json.ts';
import { showModals, showView } from './show.ts';
import type { Slack } from './slack.ts';
import { nextId, type StoredView } from './state.ts';

/** Views as they are kept: modals in stacks of at most three a person, one Home each. What is invalid never gets here. */

export const MAX_STACK = 3;

export function stackOf(slack: Slack, user: string): string[] {
  return (slack.state.stacks[user] ??= []);
}

/** Puts a modal on top of this person's stack. */
export function pushView(slack: Slack, user: string, view: Json): StoredView {
  const stack = stackOf(slack, user);
  const stored = makeView(slack, user, 'modal', view);
  stored.rootViewId = stack[0] ?? stored.id;
  stored.previousViewId = stack.at(-1) ?? null;
  stack.push(stored.id);
  modalsChanged(slack, user);
  return stored;
}

/** Opens a modal alone: Slack shows one stack a person at a time, a new one takes its place. */
export function openView(slack: Slack, user: string, view: Json): StoredView {
  dropStack(slack, user);
  return pushView(slack, user, view);
}

export function publishHome(slack: Slack, user: string, view: Json): StoredView {
  const { state } = slack;
  const existing = state.views[state.homes[user] ?? ''];
  if (existing !== undefined) return replaceView(slack, existing, view);
  const stored = makeView(slack, user, 'home', view);
  state.homes[user] = stored.id;
  slack.changed();
  slack.push({ type: 'home', view: showView(stored) }, [user]);
  return stored;
}

/** New content under the same id. What was typed stays in fields whose block_id and action_id stay, as in Slack. */
export function replaceView(slack: Slack, stored: StoredView, view: Json): StoredView {
  const content = contentOf(view);
  Object.assign(stored, content, {
    values: asValues(mergeState(content.blocks, stored.values)),
    hash: newHash(slack),
    version: stored.version + 1,
  });
  slack.changed();
  if (stored.type === 'home') slack.push({ type: 'home', view: showView(stored) }, [stored.user]);
  else modalsChanged(slack, stored.user);
  return stored;
}

/** Takes the top modal away. */
export function popView(slack: Slack, user: string): void {
  const id = stackOf(slack, user).pop();
  if (id !== undefined) Reflect.deleteProperty(slack.state.views, id);
  modalsChanged(slack, user);
}

/** Takes all modals of a person away. */
export function clearStack(slack: Slack, user: string): void {
  dropStack(slack, user);
  modalsChanged(slack, user);
}

function dropStack(slack: Slack, user: string): void {
  for (const id of stackOf(slack, user)) Reflect.deleteProperty(slack.state.views, id);
  slack.state.stacks[user] = [];
}

function modalsChanged(slack: Slack, user: string): void {
  slack.changed();
  slack.push({ type: 'modals', modals: showModals(slack, user) }, [user]);
}

/** What is typed in a view now; foreign fields are dropped. */
export function typedInto(view: StoredView, values: unknown): void {
  view.values = asValues(mergeState(view.blocks, values));
}

function makeView(slack: Slack, user: string, type: 'modal' | 'home', view: Json): StoredView {
  const id = nextId(slack.state, 'V');
  const content = contentOf(view);
  const stored = {
    id,
    user,
    type,
    ...content,
    hash: newHash(slack),
    version: 1,
    rootViewId: id,
    previousViewId: null,
    values: asValues(initialState(content.blocks)),
  };
  slack.state.views[id] = stored;
  return stored;
}

function contentOf(view: Json) {
  return {
    callbackId: textOf(view['callback_id']),
    externalId: textOf(view['external_id']),
    title: textObject(view['title']),
    submit: textObject(view['submit']),
    close: textObject(view['close']),
    blocks: completeBlocks(objects(view['blocks'])),
    privateMetadata: textOf(view['private_metadata']),
    clearOnClose: view['clear_on_close'] === true,
    notifyOnClose: view['notify_on_close'] === true,
  };
}

function textObject(value: unknown): Json | null {
  return isObject(value) ? { emoji: true, ...value } : null;
}

function asValues(values: ReturnType<typeof mergeState>): StoredView['values'] {
  return values;
}

function newHash(slack: Slack): string {
  return `${Math.floor(slack.now() / 1000)}.${randomBytes(4).toString('hex')}`;
}
