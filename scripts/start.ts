/**
 * `npm start`, and the `start` hook of the Slack CLI (`slack run`).
 *
 * Without any Slack variable it opens the local workspace, so a first try needs no account. With one it starts Beckon
 * proper, whose configuration names what is missing.
 */
import { existsSync } from 'node:fs';
import { wantsSlack, withCliTokens } from './slack-environment.ts';

if (existsSync('.env')) process.loadEnvFile('.env');
Object.assign(process.env, withCliTokens(process.env));

if (wantsSlack(process.env)) await import('../src/main.ts');
else await import('../sandbox/main.ts');
