/** Every example of docs/bots.md and README.md, run in its order. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plant } from '../journeys/story.ts';
import { ask, makeBot, type Answered } from '../support/api.ts';
import { databases, type TestDatabase } from '../support/database.ts';
import { startWorld, type World } from '../support/world.ts';

type Example = { command: string; answer: unknown };

/** Each command with the answer shown below it, where one is. */
function examples(document: string): Example[] {
  const text = readFileSync(document, 'utf8').split('## What is the same everywhere')[0] ?? '';
  const found: Example[] = [];
  for (const [, language, body = ''] of text.matchAll(/```(sh|json)\n([\s\S]*?)```/g)) {
    const last = found.at(-1);
    const commands = body.replaceAll(/^#.*$/gm, '').split(/^(?=curl )/m);
    if (language === 'sh')
      found.push(...commands.filter((one) => one.trim() !== '').map((command) => ({ command, answer: undefined })));
    else if (last && last.answer === undefined) last.answer = JSON.parse(body);
  }
  return found;
}

/** The words of a command as a shell makes them: quotes, a backslash before a line's end, variables but in single quotes. */
function wordsOf(command: string, variables: Record<string, string>): string[] {
  const filled = (text: string) => text.replaceAll(/\$([A-Z]+)/g, (_all, name: string) => variables[name] ?? '');
  const words = command.replaceAll('\\\n', ' ').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g);
  return [...words].map(([, single, double, plain]) => single ?? filled(double ?? plain ?? ''));
}

const OPTIONS = {
  silent: { type: 'boolean', short: 's' },
  get: { type: 'boolean', short: 'G' },
  request: { type: 'string', short: 'X' },
  header: { type: 'string', short: 'H', multiple: true },
  data: { type: 'string', short: 'd' },
  'data-urlencode': { type: 'string', multiple: true },
} as const;

/** What stands before and behind the first of these characters. */
function apart(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return [text.slice(0, at), text.slice(at + by.length)];
}

/** What curl would do with these options, and no others. */
function curl(command: string, variables: Record<string, string>): Promise<Answered> {
  const [program, ...args] = wordsOf(command, variables);
  if (program !== 'curl') throw new Error(`${program} is no curl`);
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const query = new URLSearchParams((values['data-urlencode'] ?? []).map((one) => apart(one, '=')));
  return ask([positionals.join(' '), ...(query.size === 0 ? [] : [query.toString()])].join('?'), {
    method: values.request ?? (values.data === undefined ? 'GET' : 'POST'),
    headers: Object.fromEntries((values.header ?? []).map((one) => apart(one, ': '))),
    body: values.data,
  });
}

/** Names and kinds of values all the way down, as the example has them; what is null or empty on either side says nothing. */
function shapeLike(value: unknown, example: unknown): unknown {
  if (value === null || example === null) return 'anything';
  if (Array.isArray(value) && Array.isArray(example)) {
    return value.length === 0 || example.length === 0 ? 'anything' : [shapeLike(value[0], example[0])];
  }
  if (typeof value !== 'object' || typeof example !== 'object') return typeof value;
  const other = example as Record<string, unknown>;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shapeLike(each, other[name])]));
}

const [sqlite] = databases.slice(0, 1);

describe('what is written for who builds a bot', () => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    if (sqlite === undefined) throw new Error('no database');
    database = await sqlite.open();
    world = await startWorld(database.db);
    await (await world.as('maya')).command('general', '/livechat help');
    await plant(database.db, world);
  });
  afterAll(async () => {
    await world.close();
    await database.close();
  });

  it.each(['docs/bots.md', 'README.md'])(
    '%s tells a story that can be lived through, and is answered as it says',
    async (document) => {
      const { secret } = await makeBot(world, document);
      const variables: Record<string, string> = { BECKON: world.apiUrl, TOKEN: secret };
      const told = examples(document);
      expect(told.length).toBeGreaterThan(6);
      for (const { command, answer } of told) {
        const { status, body } = await curl(command, variables);
        expect({ command, ok: status < 300 }).toEqual({ command, ok: true });
        const example = answer ?? body;
        expect({ command, shape: shapeLike(body, example) }).toEqual({ command, shape: shapeLike(example, body) });
        if (/conversations"/.test(command) && body.id) variables['CONVERSATION'] = body.id;
        if (/forward"/.test(command)) variables['DECISION'] = body.decision;
        await world.settle();
      }
    },
  );

  it('names every path, code and status there is', async () => {
    const text = readFileSync('docs/bots.md', 'utf8');
    const { body } = await ask(`${world.apiUrl}/openapi.json`);
    for (const path of Object.keys((body as unknown as { paths: object }).paths)) {
      expect(text).toContain(
        `$BECKON${path.replace('/decisions/{id}', '/decisions/$DECISION').replace('{id}', '$CONVERSATION')}`,
      );
    }
    const { webhooks } = body as unknown as { webhooks: object };
    for (const type of Object.keys(webhooks)) expect(text).toContain(`| \`${type}\``);
    for (const file of ['errors', 'api', 'once', 'who']) {
      const source = readFileSync(`src/api/${file}.ts`, 'utf8');
      for (const [, status, code] of source.matchAll(/(?:ApiError|failure)\((\d+), '(\w+)'/g)) {
        expect(text).toMatch(new RegExp(`\\| ${status} .*\`${code}\``));
      }
    }
  });
});
