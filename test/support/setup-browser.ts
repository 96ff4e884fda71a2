import { CHROMIUM, findChromium } from '../../scripts/find-chromium.ts';

/** Once a run, before any worker: two workers unpacking the same browser would race. */
export default async function setUp(): Promise<void> {
  const found = await findChromium();
  if (found) process.env[CHROMIUM] = found;
  else process.stderr.write('No Chromium: the browser suites are skipped. `apt-get install chromium` brings one.\n');
}
