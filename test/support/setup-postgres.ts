import { randomUUID } from 'node:crypto';
import type { Config } from 'jest';
import { connect, migrate } from '../../src/store/db.ts';
import { databaseAt, maintain } from './maintain.ts';
import { startPostgres, type PostgresServer } from './postgres.ts';

/** Where the teardown of the same run finds what this one started. */
export type Run = typeof globalThis & { beckonPostgres?: PostgresServer };

/** Starts one PostgreSQL for the whole run and migrates one template in it; each suite clones that. */
export default async function setUp(config: Config): Promise<void> {
  const server = await startPostgres(config.rootDir ?? process.cwd());
  (globalThis as Run).beckonPostgres = server;
  const template = `beckon_test_${randomUUID().slice(0, 8)}`;
  try {
    await createTemplate(server.url, template);
  } catch (error) {
    await server.stop();
    throw error;
  }
  process.env['BECKON_TEST_SERVER'] = server.url;
  process.env['BECKON_TEST_TEMPLATE'] = template;
}

async function createTemplate(server: string, name: string): Promise<void> {
  await maintain(server, `create database ${name}`);
  const db = connect(databaseAt(server, name));
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
}
