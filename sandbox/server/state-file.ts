import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isObject, parseJson } from './json.ts';
import type { State } from './state.ts';

/** A burst of changes becomes one write, at most this much later. */
const DELAY_MS = 150;

export type StateFile = {
  /**
   * What was remembered; undefined where there is no file yet.
   *
   * @throws StateFileError
   */
  load: () => Promise<State | undefined>;
  changed: () => void;
  /** writes what is outstanding */
  flush: () => Promise<void>;
};

/** Thrown when there is a state file that cannot be read. */
export class StateFileError extends Error {
  constructor(path: string) {
    super(`${path} cannot be read`);
  }
}

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
      const text = await textOf(path);
      if (text === undefined) return undefined;
      const value = parseJson(text);
      // The seed in its place would be written over it, and the app's database knows nothing of that workspace.
      if (!isState(value)) throw new StateFileError(path);
      return { ...ADDED_LATER, ...value };
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

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isObject(error) && error['code'] === 'ENOENT') return undefined;
    throw new StateFileError(path);
  }
}

/** What files written by an older version do not have. */
const ADDED_LATER: Partial<State> = { runs: {} };

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
