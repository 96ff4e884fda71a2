import { maintain } from './maintain.ts';
import type { Run } from './setup-postgres.ts';

/** Drops the template, which matters on a server that was given, and stops a server of our own. */
export default async function tearDown(): Promise<void> {
  const server = (globalThis as Run).beckonPostgres;
  if (!server) return;
  await maintain(server.url, `drop database if exists ${process.env['BECKON_TEST_TEMPLATE']}`);
  await server.stop();
}
