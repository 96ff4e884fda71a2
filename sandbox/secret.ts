/** The secret the app derives others from, made once for this folder: webhooks set up today are signed alike tomorrow. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const BYTES = 32;
const SHAPE = /^[0-9a-f]{64}$/;

/** Reads the secret kept there; a file that is missing or holds something else is written anew, for its owner alone. */
export function keptSecret(path: string): string {
  const kept = read(path);
  if (SHAPE.test(kept)) return kept;
  const made = randomBytes(BYTES).toString('hex');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${made}\n`, { mode: 0o600 });
  return made;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
