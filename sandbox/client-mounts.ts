import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One folder served as static files below one address. */
export type Mount = { url: string; folder: string };

/** The folder of package.json: found by walking up, since this file runs both from its source and from `dist/`. */
function packageRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('package.json not found above the local workspace');
  return packageRoot(parent);
}

const root = packageRoot(dirname(fileURLToPath(import.meta.url)));
const library = (name: string) => join(root, 'node_modules', name);

/**
 * What the page in the browser loads, most specific address first. The page and its styles are at `/`, the modules compiled by
 * `tsc -p sandbox/client` at `/js/`; the import map in `page/index.html` names the addresses of Preact, its styles those of the fonts.
 */
export const mounts: readonly Mount[] = [
  { url: '/js', folder: join(root, 'dist/sandbox/client') },
  { url: '/vendor/preact', folder: library('preact') },
  { url: '/vendor/lato', folder: library('@fontsource/lato') },
  { url: '/vendor/noto-color-emoji', folder: library('@fontsource/noto-color-emoji') },
  { url: '/', folder: join(root, 'sandbox/client/page') },
];
