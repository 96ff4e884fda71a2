import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** A folder served under an address such as `/js`, or `/`. */
export type Mount = { url: string; folder: string };

/** Serves the first file found for a path, looking through the mounts in order; false where there is none. */
export async function serveFile(mounts: readonly Mount[], path: string, response: ServerResponse): Promise<boolean> {
  const asked = path.endsWith('/') ? `${path}index.html` : path;
  for (const mount of mounts) {
    const file = within(mount, asked);
    const type = TYPES[extname(asked)];
    if (file === undefined || type === undefined) continue;
    const content = await readFile(file).catch(() => undefined);
    if (content === undefined) continue;
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' });
    response.end(content);
    return true;
  }
  return false;
}

/** The file a path names inside a mount's folder; undefined where it would lead out of it. */
function within(mount: Mount, path: string): string | undefined {
  const at = mount.url.endsWith('/') ? mount.url : `${mount.url}/`;
  if (!path.startsWith(at)) return undefined;
  let decoded: string;
  try {
    decoded = decodeURIComponent(path.slice(at.length));
  } catch {
    return undefined;
  }
  if (decoded.includes('\0')) return undefined;
  const root = resolve(mount.folder);
  const file = normalize(join(root, decoded));
  return file.startsWith(root + sep) ? file : undefined;
}
