/** Reads the project's own sources the way the compiler does, so that checks of them are not fooled by comments or layout. */
import { parseSync } from '@swc/core';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Source = {
  /** from the project's root, with forward slashes: `src/store/desk.ts` */
  path: string;
  ast: Node;
};

export type Node = { type: string; [key: string]: unknown };

export type Import = {
  specifier: string;
  /** `import type` or `export type … from`: gone when the program runs */
  typeOnly: boolean;
};

export type Call = {
  /** the called name from its end: `client.chat.postMessage(…)` is `['client', 'chat', 'postMessage']` */
  callee: string[];
  arguments: Node[];
};

export function source(path: string, text: string): Source {
  const ast = parseSync(text, { syntax: 'typescript', tsx: path.endsWith('x'), target: 'es2022' });
  return { path, ast: ast as unknown as Node };
}

/** Every TypeScript file below `folder`; none where there is no such folder. */
export function readSources(folder: string): Source[] {
  return filesBelow(folder)
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => source(path, readFileSync(path, 'utf8')));
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
    .sort();
}

/** Every node below, parents before children. */
export function* nodes(root: unknown): Generator<Node> {
  if (typeof root !== 'object' || root === null) return;
  if (isNode(root)) yield root;
  for (const child of Object.values(root)) yield* nodes(child);
}

function isNode(value: object): value is Node {
  return typeof (value as { type?: unknown }).type === 'string';
}

export function importsOf({ ast }: Source): Import[] {
  return [...nodes(ast)].flatMap(readImport);
}

function readImport(node: Node): Import[] {
  const from = literalText(node['source']);
  if (from !== undefined) return [{ specifier: from, typeOnly: node['typeOnly'] === true }];
  if (node.type === 'TsImportType') return asImport(literalText(node['argument']), true);
  const callee = node['callee'] as Node | undefined;
  if (node.type === 'CallExpression' && callee?.type === 'Import')
    return asImport(literalText(argumentsOf(node)[0]), false);
  return [];
}

function asImport(specifier: string | undefined, typeOnly: boolean): Import[] {
  return [{ specifier: specifier ?? '(computed)', typeOnly }];
}

/** Each literal of the source, the fixed pieces of templates too; a module's name in an import is none. */
export function stringsOf({ ast }: Source): string[] {
  return [...nodes(ast)].flatMap((node) => {
    if (node.type === 'StringLiteral') return [String(node['value'])];
    if (node.type === 'TemplateElement') return [String(node['cooked'] ?? node['raw'])];
    return [];
  });
}

export function callsOf({ ast }: Source): Call[] {
  return [...nodes(ast)].flatMap((node) =>
    node.type === 'CallExpression' ? [{ callee: nameOf(node['callee']), arguments: argumentsOf(node) }] : [],
  );
}

/** `a.b.c` as its parts, through `?.`, `!` and brackets with a literal; what is not a name ends the chain. */
export function nameOf(expression: unknown): string[] {
  if (typeof expression !== 'object' || expression === null || !isNode(expression)) return [];
  const node = expression;
  switch (node.type) {
    case 'Identifier':
      return [String(node['value'])];
    case 'ThisExpression':
      return ['this'];
    case 'MemberExpression':
      return [...nameOf(node['object']), property(node['property'] as Node)];
    case 'OptionalChainingExpression':
      return nameOf(node['base']);
    case 'TsNonNullExpression':
    case 'ParenthesisExpression':
      return nameOf(node['expression']);
    default:
      return [];
  }
}

function property(node: Node): string {
  if (node.type === 'Computed') return literalText(node['expression']) ?? '[]';
  return String(node['value']);
}

/** The value of a string literal, also of a template without holes. */
export function literalText(node: unknown): string | undefined {
  const literal = node as Node | undefined;
  if (literal?.type === 'StringLiteral') return String(literal['value']);
  if (literal?.type !== 'TemplateLiteral' || (literal['expressions'] as unknown[]).length > 0) return undefined;
  return (literal['quasis'] as Node[]).map((part) => String(part['cooked'])).join('');
}

function argumentsOf(call: Node): Node[] {
  return (call['arguments'] as Array<{ expression: Node }>).map((argument) => argument.expression);
}
