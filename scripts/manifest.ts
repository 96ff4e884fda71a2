/**
 * `npm run manifest`: prints the app manifest as it is (Socket Mode).
 * `npm run manifest -- --url https://beckon.example.com`: the same app over HTTP.
 */
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Manifest, overHttp } from './manifest-over-http.ts';

const usage = 'Usage: npm run manifest -- [--url https://beckon.example.com]';

try {
  const { values } = parseArgs({ options: { url: { type: 'string' } } });
  const file = new URL('manifest.json', pathToFileURL(`${process.cwd()}/`));
  const manifest = Manifest.parse(JSON.parse(await readFile(file, 'utf8')));
  const printed = values.url === undefined ? manifest : overHttp(manifest, values.url);
  process.stdout.write(`${JSON.stringify(printed, null, 2)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
  process.exitCode = 1;
}
