import { type Field, fieldsOf } from '../blockkit/fields.ts';
import type { Message, View } from '../protocol.ts';

/** Finding controls and words the way a person does: by what is written there. */

type Json = Record<string, unknown>;

export type Shown = Pick<Message, 'blocks' | 'text'> | Pick<View, 'blocks' | 'title'>;

/** All words of a message or view in reading order, one line each: what a person would read. */
export function wordsOf(shown: Shown): string {
  const lines: string[] = [];
  if ('title' in shown && shown.title !== '') lines.push(shown.title);
  if (shown.blocks === undefined || shown.blocks.length === 0) lines.push('text' in shown ? shown.text : '');
  else for (const block of shown.blocks) collect(block, lines);
  return lines.join('\n');
}

function collect(value: unknown, lines: string[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, lines);
  if (!isObject(value)) return;
  if (typeof value['text'] === 'string') lines.push(value['text']);
  // A menu's options are read only once it is opened; what is chosen in it stands there.
  const menu = typeof value['type'] === 'string' && /_select$|^overflow$/.test(value['type']);
  const unseen = menu ? ['confirm', 'options', 'option_groups'] : ['confirm'];
  for (const [key, inner] of Object.entries(value)) {
    if (!unseen.includes(key)) collect(inner, lines);
  }
}

/** The one control a name fits: its own words, its label, its action_id or block_id. Throws naming what there is. */
export function findField(shown: Shown, name: string, types?: (type: string) => boolean): Field {
  const fields = fieldsOf(shown.blocks ?? []).filter((field) => types?.(String(field.element['type'])) ?? true);
  const exact = fields.find((field) => namesOf(field).includes(name));
  const begun = exact ?? fields.find((field) => namesOf(field).some((known) => known.startsWith(name)));
  if (begun !== undefined) return begun;
  const there = fields.map((field) => `“${namesOf(field)[0] ?? ''}”`).join(', ');
  throw new Error(`nothing called “${name}” here; there is ${there === '' ? 'nothing to use' : there}`);
}

/** Everything a control answers to, the most visible first. */
function namesOf({ block, element, blockId, actionId }: Field): string[] {
  const section = block['type'] === 'section' ? [textIn(block['text'])] : [];
  const names = [
    textIn(element['text']),
    textIn(block['label']),
    textIn(element['placeholder']),
    ...section,
    actionId,
    blockId,
  ];
  return names.filter((name) => name !== '');
}

function textIn(value: unknown): string {
  return isObject(value) && typeof value['text'] === 'string' ? value['text'] : '';
}

/** The options of a select, checkboxes, radio buttons or a menu, groups unfolded. */
export function optionsOf(element: Json): Json[] {
  const groups = Array.isArray(element['option_groups']) ? element['option_groups'].filter(isObject) : [];
  return [element, ...groups].flatMap((holder) =>
    Array.isArray(holder['options']) ? holder['options'].filter(isObject) : [],
  );
}

/** The option a person means: by its words or its value. */
export function findOption(options: Json[], name: string): Json {
  const exact = options.find((option) => textIn(option['text']) === name || option['value'] === name);
  const found = exact ?? options.find((option) => textIn(option['text']).includes(name));
  if (found !== undefined) return found;
  throw new Error(`no option “${name}”; there is ${options.map((option) => `“${textIn(option['text'])}”`).join(', ')}`);
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
