/** One local workspace in a folder: a file says which process holds it, and where it answers. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isObject, parseJson, textOf } from './server/json.ts';

const ATTEMPTS = 5;

type Holder = { pid: number; url: string };

/**
 * Takes the lock until this process exits. A lock whose process is gone counts for nothing.
 *
 * @throws Error that says where the workspace of the process that holds it is
 */
export function takeLock(path: string): { setUrl: (url: string) => void } {
  mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 1; !take(path); attempt += 1) {
    const holder = holderOf(path);
    if (isAlive(holder) || attempt === ATTEMPTS) throw new Error(takenBy(holder));
    clear(path);
  }
  process.on('exit', () => {
    if (holderOf(path)?.pid === process.pid) rmSync(path, { force: true });
  });
  return { setUrl: (url) => renameSync(write(path, url), path) };
}

function takenBy(holder: Holder | undefined): string {
  const where = holder === undefined || holder.url === '' ? 'in this folder' : `at ${holder.url}`;
  return `Beckon’s local workspace is running already ${where}`;
}

function write(path: string, url: string): string {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, url }));
  return own;
}

/** Linked into place, so that nobody ever reads half of it. */
function take(path: string): boolean {
  const own = write(path, '');
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Two may find the same dead lock: whoever moves the other's new one away puts it back. */
function clear(path: string): void {
  const aside = `${path}.${process.pid}.old`;
  try {
    renameSync(path, aside);
    if (isAlive(holderOf(aside))) linkSync(aside, path);
  } catch {
    // Somebody else was faster: the next attempt sees whom.
  }
  rmSync(aside, { force: true });
}

function holderOf(path: string): Holder | undefined {
  try {
    const value = parseJson(readFileSync(path, 'utf8'));
    if (!isObject(value) || typeof value['pid'] !== 'number') return undefined;
    return { pid: value['pid'], url: textOf(value['url']) };
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder | undefined): boolean {
  // A number of one's own is that of a process before: containers give out the same ones again.
  if (holder === undefined || holder.pid === process.pid) return false;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
