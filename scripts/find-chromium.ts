import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** The variable in which the setup of a run tells its suites where Chromium is. */
export const CHROMIUM = 'BECKON_TEST_CHROMIUM';

const NAMES = ['chromium', 'chromium-headless-shell', 'chromium-browser', 'google-chrome'];

/**
 * `BECKON_CHROMIUM`, else one in the PATH, else the npm package's, unpacked into the temporary folder. Only one that runs on
 * this machine counts: the npm package needs libraries that not every system has.
 *
 * @throws Error when `BECKON_CHROMIUM` is set and does not run, since somebody meant that one
 */
export async function findChromium(): Promise<string | undefined> {
  const asked = process.env['BECKON_CHROMIUM'];
  if (asked) {
    if (runs(asked)) return asked;
    throw new Error(`BECKON_CHROMIUM does not run: ${asked}`);
  }
  const installed = inPath().find(runs);
  if (installed) return installed;
  const unpacked = await fromNpm();
  if (unpacked === undefined || runs(unpacked)) return unpacked;
  const wrapped = withItsLibraries(unpacked);
  return runs(wrapped) ? wrapped : undefined;
}

function inPath(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function runs(file: string): boolean {
  return spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0;
}

/** Nothing on a platform the package is not made for; any other trouble shows when the browser is tried. */
async function fromNpm(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const { default: chromium } = await import('@sparticuz/chromium');
  return chromium.executablePath();
}

const PACKED_LIBRARIES = 'node_modules/@sparticuz/chromium/bin/al2023.tar.br';

/**
 * For a system without NSS and expat: the package brings them for Amazon's Linux, and they do elsewhere. The loader must find
 * them before Chromium starts, hence the small script in front of it.
 */
function withItsLibraries(executable: string): string {
  const folder = resolve('node_modules/.cache/beckon-chromium');
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, 'libraries.tar');
  writeFileSync(archive, brotliDecompressSync(readFileSync(PACKED_LIBRARIES)));
  spawnSync('tar', ['-xf', archive, '-C', folder]);
  const script = join(folder, 'chromium');
  writeFileSync(script, `#!/bin/sh\nLD_LIBRARY_PATH="${folder}/lib" exec "${executable}" "$@"\n`, { mode: 0o755 });
  return script;
}
