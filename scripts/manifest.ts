/**
 * `npm run manifest`: prints the app manifest as it is (Socket Mode).
 * `npm run manifest -- --url https://beckon.example.com`: the same app over HTTP.
 * `npm run manifest -- --steps`: with the steps for Workflow Builder, which need a paid plan.
 */
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { withSteps } from '../sandbox/manifest-with-steps.ts';
import { Manifest, overHttp } from './manifest-over-http.ts';

const usage = 'Usage: npm run manifest -- [--url https://beckon.example.com] [--steps]';

try {
  const { values } = parseArgs({ options: { url: { type: 'string' }, steps: { type: 'boolean', default: false } } });
  const here = pathToFileURL(`${process.cwd()}/`);
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(new URL(name, here), 'utf8'));
  const plain = Manifest.parse(await read('manifest.json'));
  const manifest = values.steps ? withSteps(plain, await read('manifest-steps.json')) : plain;
  const printed = values.url === undefined ? manifest : overHttp(manifest, values.url);
  process.stdout.write(`${JSON.stringify(printed, null, 2)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
  process.exitCode = 1;
}
