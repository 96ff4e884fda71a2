import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { joinedText } from '../src/domain/customer-text.ts';
import { SENTENCE } from '../src/domain/desk.ts';
import { helpText as expertiseHelp } from '../src/slack/views/expertise-replies.ts';
import { helpText as livechatHelp } from '../src/slack/views/livechat.ts';

const read = (path: string) => readFileSync(path, 'utf8');
const markdownIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...markdownIn('docs')];

const readme = read('README.md');
const rowsOf = (text: string) => text.split('\n').filter((line) => line.startsWith('|'));

/** "/livechat status" of "`/livechat status in progress` or `waiting`"; whatever is typed behind a command's word is an example. */
const commandsIn = (lines: string[]) =>
  new Set(
    lines.flatMap((line) => [...line.matchAll(/`(\/(?:livechat|expertise)(?: \w+)?)/g)].map(([, named]) => named)),
  );

describe('README.md', () => {
  it('lists exactly the commands that the help in Slack lists', () => {
    const helped = [...livechatHelp.split('\n'), ...expertiseHelp.split('\n')];
    expect(commandsIn(rowsOf(readme).filter((row) => row.startsWith('| `/')))).toEqual(commandsIn(helped));
  });

  it('lists exactly the variables of .env.example', () => {
    const named = [...read('.env.example').matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name);
    const listed = rowsOf(readme).flatMap((row) => /^\| `([A-Z_]+)`/.exec(row)?.[1] ?? []);
    expect(new Set(listed)).toEqual(new Set(named));
  });

  it('says of every scope what it is for', () => {
    const manifest = JSON.parse(read('manifest.json')) as { oauth_config: { scopes: { bot: string[] } } };
    const rows = rowsOf(readme).filter((row) => !row.startsWith('| `/'));
    const listed = rows.flatMap((row) => {
      const [, scopes = ''] = row.split('|');
      return [...scopes.matchAll(/`([a-z]+(?::[a-z.]+)?)`/g)].map(([, scope]) => scope);
    });
    expect(new Set(listed)).toEqual(new Set(manifest.oauth_config.scopes.bot));
  });

  it('says which Node is needed as package.json does', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    expect(readme).toContain(`Node ${engines.node.replace('>=', '')}`);
  });
});

describe('what is written for people', () => {
  it.each(documents)('%s names files and pictures that are there', (document) => {
    const text = read(document);
    const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) =>
      join(dirname(document), target ?? ''),
    );
    const named = [...text.matchAll(/`((?:src|test|sandbox|scripts|migrations|docs|bench)\/[\w./-]+)`/g)].map(
      ([, path]) => path ?? '',
    );
    expect([...linked, ...named].filter((path) => !existsSync(path))).toEqual([]);
  });

  it('shows every picture that is kept', () => {
    const shown = documents.map(read).join('\n');
    const kept = readdirSync('docs/images').filter((name) => name.endsWith('.png'));
    expect(kept.filter((name) => !shown.includes(`images/${name}`))).toEqual([]);
  });

  it('quotes to the letter what customers read', () => {
    // Slack's bold has one star, Markdown's two.
    expect(read('docs/customers.md')).toContain(joinedText('Ana').replaceAll('*', '**'));
    expect(read('docs/customers.md')).toContain(joinedText('Ben', true).replaceAll('*', '**'));
    expect(read('docs/customers.md')).toContain(`> ${SENTENCE}`);
  });
});
