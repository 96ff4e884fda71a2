/** What the sources ask of Slack: commands, shortcuts and events they listen to, methods they call. */
import { callsOf, nameOf, nodes, stringsOf, literalText, type Call, type Node, type Source } from './source.ts';
import { EVENT_SCOPES, isMessageEvent, METHOD_SCOPES } from './slack-scopes.ts';

export type SlackUse = {
  commands: string[];
  /** callback ids */
  shortcuts: string[];
  /** callback ids of workflow steps and of what provides their options */
  functions: string[];
  /** by the type they arrive with: `message`, `user_change` */
  events: string[];
  methods: string[];
};

/** @throws Error when a listener's name cannot be read from the source; write it as a literal or as one constant */
export function slackUse(sources: Source[]): SlackUse {
  const constants = constantsOf(sources);
  const calls = sources.flatMap(callsOf);
  const listeners = (kind: string) => sorted(calls.flatMap((call) => listenerName(call, kind, constants)));
  const strings = new Set(sources.flatMap((source) => [...stringsOf(source), ...keysOf(source)]));
  return {
    commands: listeners('command'),
    shortcuts: listeners('shortcut'),
    functions: listeners('function'),
    events: sorted([...listeners('event'), ...EVENT_TYPES.filter((type) => strings.has(type))]),
    methods: sorted([
      ...calls.flatMap(calledMethod),
      ...Object.keys(METHOD_SCOPES).filter((name) => strings.has(name)),
    ]),
  };
}

const sorted = (names: string[]) => [...new Set(names)].sort();

/** An event may be taken from a table or a `switch` as well as by `app.event`, so its bare name counts as use. */
const EVENT_TYPES = [...Object.keys(EVENT_SCOPES).filter((name) => !isMessageEvent(name)), 'message'];

/** Slack's families of methods, so that a call of one this project has never heard of is noticed too. */
const FAMILIES = new Set(
  'admin apps assistant auth blocks bookmarks bots calls canvases chat conversations dialog dnd emoji files functions migration oauth pins reactions reminders search slackLists stars team usergroups users views workflows'.split(
    ' ',
  ),
);

/** `client.users.profile.get(…)` wherever the client comes from; `apiCall('users.info')` counts by its string. */
function calledMethod({ callee }: Call): string[] {
  const start = callee.findIndex((part, index) => index > 0 && FAMILIES.has(part) && isClient(callee[index - 1]));
  if (start < 1 || start === callee.length - 1 || isFreeChoice(callee.slice(start))) return [];
  return [callee.slice(start).join('.')];
}

/** `client.views[how](…)`: which one cannot be read, nor does it matter where no method of the family needs a scope. */
function isFreeChoice([family, method]: string[]): boolean {
  const scopes = Object.entries(METHOD_SCOPES).filter(([name]) => name.startsWith(`${family}.`));
  return method === '[]' && scopes.length > 0 && scopes.every(([, needed]) => needed.length === 0);
}

const isClient = (part: string | undefined) => part !== undefined && /(client|slack|web|api)$/i.test(part);

const isListener = ({ callee }: Call, kind: string) =>
  callee.length > 1 && callee.at(-1) === kind && /^(app|bolt)$/i.test(callee.at(-2) ?? '');

function listenerName(call: Call, kind: string, constants: Map<string, string>): string[] {
  if (!isListener(call, kind)) return [];
  const first = call.arguments[0];
  const constraint = first?.type === 'ObjectExpression' ? valueOf(first, 'callback_id') : first;
  const name = literalText(constraint) ?? constants.get(nameOf(constraint).join('.'));
  if (name === undefined)
    throw new Error(`cannot read which ${kind} is meant: ${nameOf(constraint).join('.') || constraint?.type}`);
  return [name];
}

function valueOf(object: Node, key: string): Node | undefined {
  return properties(object).find(([name]) => name === key)?.[1];
}

function properties(object: Node): Array<[string, Node]> {
  return (object['properties'] as Node[]).flatMap((property) =>
    property.type === 'KeyValueProperty' ? [[keyName(property['key'] as Node), property['value'] as Node]] : [],
  );
}

const keyName = (key: Node) => (typeof key['value'] === 'string' ? key['value'] : '');

/** Keys of object literals: tables from event to handler. */
function keysOf({ ast }: Source): string[] {
  const tables = [...nodes(ast)].filter((node) => node.type === 'ObjectExpression');
  const shorthand = [...nodes(ast)]
    .filter((node) => node.type === 'MethodProperty')
    .map((node) => keyName(node['key'] as Node));
  return [...tables.flatMap((table) => properties(table).map(([name]) => name)), ...shorthand];
}

/** `const command = '…'` and `const ids = { open: '…' }`, the latter as `ids.open`. */
function constantsOf(sources: Source[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const node of sources.flatMap((source) => [...nodes(source.ast)])) {
    if (node.type !== 'VariableDeclarator') continue;
    const name = nameOf(node['id']).join('.');
    const value = unwrapped(node['init'] as Node | undefined);
    const literal = literalText(value);
    if (literal !== undefined) found.set(name, literal);
    if (value?.type !== 'ObjectExpression') continue;
    for (const [key, member] of properties(value)) {
      const inner = literalText(member);
      if (inner !== undefined) found.set(`${name}.${key}`, inner);
    }
  }
  return found;
}

/** Without `as const` and `satisfies`. */
function unwrapped(node: Node | undefined): Node | undefined {
  const wraps =
    node?.type === 'TsConstAssertion' || node?.type === 'TsAsExpression' || node?.type === 'TsSatisfiesExpression';
  return wraps ? unwrapped(node['expression'] as Node) : node;
}
