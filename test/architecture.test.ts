import { describe, expect, it } from '@jest/globals';
import { readSources, source } from './support/source.ts';
import { brokenWalls } from './support/walls.ts';

const FOLDERS = ['src', 'migrations', 'sandbox', 'scripts', 'bench'];

const check = (path: string, text: string) => brokenWalls([source(path, text)]);

describe('the walls', () => {
  it('stand in the whole project', () => {
    const sources = FOLDERS.flatMap(readSources);
    expect(sources.length).toBeGreaterThan(50);
    expect(brokenWalls(sources)).toEqual([]);
  });
});

describe('a breach is found', () => {
  it.each([
    ['a door that reaches into the store', 'src/slack/ask.ts', `import { findDesk } from '../store/desk.ts';`],
    ['and only for a type', 'src/slack/ask.ts', `import type { Desk } from '../store/desk.ts';`],
    ['and while it runs', 'src/slack/ask.ts', `const desk = await import('../store/desk.ts');`],
    ['and by passing on', 'src/slack/ask.ts', `export { findDesk } from '../store/desk.ts';`],
    ['and in a type expression', 'src/slack/ask.ts', `type D = import('../store/desk.ts').Desk;`],
    ['and in a name nobody can read', 'src/slack/ask.ts', `await import(name);`],
    ['a rule that knows a service', 'src/domain/rank.ts', `import { ask } from '../services/ask.ts';`],
    ['a rule that uses a package', 'src/domain/rank.ts', `import { z } from 'zod';`],
    ['a rule that makes ids', 'src/domain/rank.ts', `import { randomUUID } from 'node:crypto';`],
    ['a verb that knows Slack', 'src/services/ask.ts', `import { App } from '@slack/bolt';`],
    ['a verb that knows a door', 'src/services/ask.ts', `import { askModal } from '../slack/views/ask.ts';`],
    ['a verb that knows knex', 'src/services/ask.ts', `import knexModule from 'knex';`],
    ['the store that knows a verb', 'src/store/desk.ts', `import { ask } from '../services/ask.ts';`],
    ['a view that runs a service', 'src/slack/views/home.ts', `import { home } from '../../services/home.ts';`],
    ['a view that knows a door', 'src/slack/views/home.ts', `import { client } from '../client.ts';`],
    ['a view that runs Slack code', 'src/slack/views/home.ts', `import { WebClient } from '@slack/web-api';`],
    ['a worker that knows Slack', 'src/worker/outbox.ts', `import { deliver } from '../slack/deliver.ts';`],
    ['the HTTP door that knows Slack', 'src/api/router.ts', `import { deliver } from '../slack/deliver.ts';`],
    ['the product that knows its sandbox', 'src/slack/reads.ts', `import { x } from '../../sandbox/protocol.ts';`],
    ['the sandbox that knows the product', 'sandbox/server/state.ts', `import { x } from '../../src/domain/name.ts';`],
    ['a file in a folder without a rule', 'src/utils/strings.ts', ``],
    ['the environment outside config.ts', 'src/slack/client.ts', `const level = process.env['LOG_LEVEL'];`],
    ['the environment in brackets', 'src/slack/client.ts', `const all = process['env'];`],
    ['SQL outside the store', 'src/services/ask.ts', `await db.raw('select id from desks');`],
    ['SQL in capitals', 'src/services/ask.ts', 'await db.raw(`DELETE FROM desks`);'],
    ['lower() in SQL', 'src/store/desk.ts', `db.whereRaw('lower(name) = ?', [name]);`],
    ['like in SQL', 'src/store/desk.ts', `db.whereILike('name', name);`],
  ])('%s', (_what, path, text) => {
    expect(check(path, text)).toHaveLength(1);
  });
});

describe('what is allowed passes', () => {
  it.each([
    ['errors for everybody', 'src/domain/name.ts', `import { Refusal } from '../errors.ts';`],
    ['a ring itself', 'src/domain/name.ts', `import { key } from './key.ts';`],
    ['a verb on the store', 'src/services/desk/new.ts', `import { insertDesk } from '../../store/desk.ts';`],
    ['a door on its view', 'src/slack/ask.ts', `import { askModal } from './views/ask.ts';`],
    ['a view on a type of a service', 'src/slack/views/home.ts', `import type { Home } from '../../services/home.ts';`],
    ['a view on Slack types', 'src/slack/views/home.ts', `import type { KnownBlock } from '@slack/types';`],
    ['the store on its database', 'src/store/db.ts', `import knexModule, { type Knex } from 'knex';`],
    [
      'the app on anything',
      'src/app.ts',
      `import { connect } from './store/db.ts'; import { App } from '@slack/bolt';`,
    ],
    ['config on the environment', 'src/config.ts', `export const env = process.env;`],
    ['words that look like SQL', 'src/slack/views/ask.ts', `const label = 'Select an expertise from the list';`],
    ['a comment', 'src/services/ask.ts', `// import { App } from '@slack/bolt'; select id from desks`],
  ])('%s', (_what, path, text) => {
    expect(check(path, text)).toEqual([]);
  });
});
