/** Every door of Beckon in Slack, as its code opens them: what is added there is found here. */
import { readdirSync } from 'node:fs';
import type { App } from '@slack/bolt';
import type { Deps } from '../../src/services/deps.ts';
import { helpText as expertiseHelp } from '../../src/slack/views/expertise-replies.ts';
import { helpText as livechatHelp } from '../../src/slack/views/livechat.ts';

export type Kind = 'command' | 'shortcut' | 'action' | 'view' | 'options' | 'event' | 'function';
export type Door = { kind: Kind; id: string };

const KINDS: readonly Kind[] = ['command', 'shortcut', 'action', 'view', 'options', 'event', 'function'];
const FOLDER = new URL('../../src/slack/', import.meta.url);

/** What it listens to, by name or by the constraint that names it. */
function idOf(constraint: unknown): string {
  if (typeof constraint === 'string') return constraint;
  const { action_id: actionId, callback_id: callbackId } = Object(constraint) as Record<string, unknown>;
  const id = actionId ?? callbackId;
  if (typeof id !== 'string') throw new Error('a door that is not named by a string');
  return id;
}

/** An app that only notes what is registered. */
function recorder(doors: Door[]): App {
  const note = (kind: Kind) => (constraint: unknown) => {
    doors.push({ kind, id: idOf(constraint) });
  };
  return Object.fromEntries(KINDS.map((kind) => [kind, note(kind)])) as unknown as App;
}

/** Calls every `register…` of `src/slack` and answers what it opened. */
export async function doorsOfSlack(): Promise<Door[]> {
  const doors: Door[] = [];
  const app = recorder(doors);
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))) {
    const exported = (await import(new URL(file, FOLDER).href)) as Record<string, unknown>;
    for (const [name, register] of Object.entries(exported)) {
      if (!/^register[A-Z]/.test(name) || typeof register !== 'function') continue;
      (register as (app: App, deps: Deps, more: object) => void)(app, {} as Deps, {});
    }
  }
  return doors;
}

/** Every command as the help shows it with its examples: `/livechat status in progress`. */
export const commandsTyped = (): string[] => [
  ...new Set(
    [livechatHelp, expertiseHelp].flatMap((help) =>
      [...help.matchAll(/`(\/(?:livechat|expertise)[^`]*)`/g)].map(([, typed = '']) => typed),
    ),
  ),
];
