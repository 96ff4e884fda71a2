/** The import rule of the project, as a function: sources in, broken rules out. */
import { posix } from 'node:path';
import { callsOf, importsOf, nameOf, nodes, stringsOf, type Import, type Source } from './source.ts';

type Wall = {
  /** files or folders of ours; `type:` in front where only types may be taken */
  ours: string[];
  /** packages; `@slack/*` is every one of that scope, `type:` as above */
  packages: string[];
  /** whether Node's own modules may be used */
  node: boolean;
};

const ANYTHING: Wall = { ours: ['src', 'migrations'], packages: ['*'], node: true };

/**
 * First match wins, so narrower folders stand before wider ones. A folder may always import itself and `src/errors.ts`.
 */
const WALLS: Array<[folder: string, wall: Wall]> = [
  ['src/main.ts', ANYTHING],
  ['src/app.ts', ANYTHING],
  ['src/workers.ts', ANYTHING],
  ['src/config.ts', { ours: [], packages: ['zod'], node: false }],
  ['src/errors.ts', { ours: [], packages: [], node: false }],
  ['src/domain', { ours: [], packages: [], node: false }],
  [
    'src/store',
    { ours: ['src/domain', 'migrations'], packages: ['knex', '@photostructure/sqlite', 'pg', 'zod'], node: true },
  ],
  ['src/services', { ours: ['src/domain', 'src/store'], packages: [], node: false }],
  ['src/slack/views', { ours: ['src/domain', 'type:src/services'], packages: ['type:@slack/types'], node: false }],
  ['src/slack', { ours: ['src/services', 'src/domain'], packages: ['@slack/*', 'zod', 'type:pino'], node: true }],
  [
    'src/api',
    {
      ours: ['src/services', 'src/domain'],
      packages: ['express', 'zod', 'rate-limiter-flexible', 'type:pino'],
      node: true,
    },
  ],
  ['src/webhooks', { ours: ['src/services', 'src/domain'], packages: ['standardwebhooks', 'undici'], node: true }],
  ['src/worker', { ours: ['src/store', 'src/domain'], packages: ['type:pino'], node: true }],
  ['migrations', { ours: [], packages: ['knex'], node: false }],
  ['sandbox', { ours: [], packages: ['*'], node: true }],
  ['scripts', { ours: ['src', 'migrations', 'sandbox'], packages: ['*'], node: true }],
  ['bench', { ours: ['src', 'migrations', 'sandbox'], packages: ['*'], node: true }],
];

/** One line for each broken rule: `src/slack/ask.ts: may not import src/store/desk.ts`. */
export function brokenWalls(sources: Source[]): string[] {
  return sources.flatMap((source) => [
    ...brokenImports(source),
    ...environmentReads(source),
    ...databaseTalk(source),
    ...caseFolding(source),
  ]);
}

function brokenImports(source: Source): string[] {
  const entry = WALLS.find(([folder]) => isWithin(source.path, folder));
  if (!entry) return [`${source.path}: stands in no folder that test/support/walls.ts knows`];
  const [folder, wall] = entry;
  return importsOf(source)
    .filter((imported) => !mayImport(source, folder, wall, imported))
    .map(({ specifier, typeOnly }) => {
      const only = !typeOnly && mayImport(source, folder, wall, { specifier, typeOnly: true });
      return `${source.path}: may not import ${resolved(source, specifier)}${only ? ' but as a type (import type)' : ''}`;
    });
}

function mayImport(source: Source, folder: string, wall: Wall, imported: Import): boolean {
  const { specifier, typeOnly } = imported;
  if (specifier.startsWith('node:')) return wall.node || typeOnly;
  if (!specifier.startsWith('.')) return wall.packages.some((name) => allows(name, typeOnly, isPackage, specifier));
  const target = resolved(source, specifier);
  if (isWithin(target, folder) || (target === 'src/errors.ts' && isWithin(source.path, 'src'))) return true;
  return wall.ours.some((name) => allows(name, typeOnly, isWithin, target));
}

type Matches = (value: string, pattern: string) => boolean;

function allows(allowed: string, typeOnly: boolean, matches: Matches, value: string): boolean {
  if (!allowed.startsWith('type:')) return matches(value, allowed);
  return typeOnly && matches(value, allowed.slice('type:'.length));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function isPackage(specifier: string, name: string): boolean {
  if (name === '*') return true;
  if (name.endsWith('/*')) return specifier.startsWith(name.slice(0, -1));
  return isWithin(specifier, name);
}

function resolved(source: Source, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(source.path), specifier) : specifier;
}

/** The one reader, and the start that hands it over. */
const ENVIRONMENT = new Set(['src/config.ts', 'src/main.ts']);

function environmentReads(source: Source): string[] {
  if (!isWithin(source.path, 'src') || ENVIRONMENT.has(source.path)) return [];
  const reads = [...nodes(source.ast)].some((node) => nameOf(node).join('.') === 'process.env');
  return reads ? [`${source.path}: reads the environment, which is for src/config.ts`] : [];
}

/** SQL as people write it in code, its words all small or all capitals; a sentence on a button begins otherwise. */
const SQL = /^\s*(select\s[^]*\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|create\s+(table|index)\s)/;

const smallWords = (value: string) => value.replaceAll(/\b[A-Z]+\b/g, (word) => word.toLowerCase());

function databaseTalk(source: Source): string[] {
  if (!isWithin(source.path, 'src') || isWithin(source.path, 'src/store')) return [];
  const sql = stringsOf(source).some((value) => SQL.test(smallWords(value)));
  return sql ? [`${source.path}: holds SQL, which is for src/store`] : [];
}

/** Databases fold case each in its own way; names are matched by `name_key`. */
function caseFolding(source: Source): string[] {
  if (!isWithin(source.path, 'src/store') && !isWithin(source.path, 'migrations')) return [];
  const inWords = stringsOf(source).some((value) => /\b(lower|upper)\s*\(|\bi?like\b/i.test(value));
  const inCalls = callsOf(source).some(({ callee }) => /where(Not)?I?Like$/i.test(callee.at(-1) ?? ''));
  return inWords || inCalls ? [`${source.path}: folds case in SQL (lower, upper, like); match names by name_key`] : [];
}
