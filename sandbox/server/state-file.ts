import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isObject, parseJson } from './json.ts';
import type { State } from './state.ts';

/** A burst of changes becomes one write, at most this much later. */
const DELAY_MS = 150;

export type StateFile = {
  /** what was remembered; undefined where nothing (readable) was */
  load: () => Promise<State | undefined>;
  changed: () => void;
  /** writes what is outstanding */
  flush: () => Promise<void>;
};

/** Keeps the state in one JSON file, replaced as a whole so that a crash leaves the old or the new one, never half. */
export function openStateFile(path: string | undefined, state: () => State): StateFile {
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (path === undefined) return;
    writing = replace(path, JSON.stringify(state()), writing);
  };

  return {
    load: async () => {
      if (path === undefined) return undefined;
      const value = parseJson(await readFile(path, 'utf8').catch(() => ''));
      return isState(value) ? value : undefined;
    },
    changed: () => {
      if (path !== undefined) timer ??= setTimeout(write, DELAY_MS);
    },
    flush: async () => {
      if (timer !== undefined) write();
      await writing;
    },
  };
}

/** The file is this server's own: its version is enough to trust its shape. */
function isState(value: unknown): value is State {
  return isObject(value) && value['version'] === 1 && isObject(value['counters']);
}

/** Writes beside the file and moves it into place, after the write before it. */
async function replace(path: string, text: string, before: Promise<void>): Promise<void> {
  await before;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}
