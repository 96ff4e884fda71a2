import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { nodes, readSources } from '../support/source.ts';

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, unknown>>;
const scripts = Object.keys(json('package.json')['scripts'] ?? {});

describe('.env.example', () => {
  it('names exactly the variables the configuration reads', () => {
    const read = readSources('src')
      .filter(({ path }) => path === 'src/config.ts')
      .flatMap(({ ast }) => [...nodes(ast)])
      .filter((node) => node.type === 'KeyValueProperty')
      .map((node) => String((node['key'] as { value?: string }).value))
      .filter((name) => /^[A-Z][A-Z_]+$/.test(name));
    const named = [...readFileSync('.env.example', 'utf8').matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(read.length).toBeGreaterThan(5);
    expect(new Set(named)).toEqual(new Set(read));
  });
});

describe('.slack/hooks.json', () => {
  const hooks = Object.entries(json('.slack/hooks.json')['hooks'] ?? {}).map(([hook, command]) => [
    hook,
    String(command),
  ]);

  it('answers `slack run`', () => {
    expect(new Set(hooks.map(([hook]) => hook))).toEqual(new Set(['get-manifest', 'start']));
  });

  it.each(hooks)('%s runs a script of this project', (_hook, command) => {
    const words = command.split(' ').filter((word) => !word.startsWith('-') && word !== 'npm' && word !== 'run');
    expect(words.filter((word) => !scripts.includes(word))).toEqual([]);
  });

  it('keeps the connection in our hands, as Bolt needs it', () => {
    expect(json('.slack/hooks.json')['config']).toMatchObject({ 'sdk-managed-connection-enabled': true });
  });
});
