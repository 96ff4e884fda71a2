/** What a form holds: Slack's `state.values`, from a view's or message's blocks and what a person typed. */
import { type Field, fieldsOf } from './fields.ts';
import { entryOf, isObject, type Json } from './schema.ts';

/** block_id → action_id → value, as in `view.state.values`. */
export type Values = Record<string, Record<string, Json>>;

/** How an element keeps its value: under `key`, at first from `initial`; many-valued ones are `[]` when empty, others null. */
type Kind = { key: string; initial: string; many: boolean };

const one = (key: string, initial: string): Kind => ({ key, initial, many: false });
const several = (key: string, initial: string): Kind => ({ key, initial, many: true });

/** The elements that hold a value; buttons, overflow menus and pictures hold none. */
const KINDS: Record<string, Kind> = {
  plain_text_input: one('value', 'initial_value'),
  number_input: one('value', 'initial_value'),
  email_text_input: one('value', 'initial_value'),
  url_text_input: one('value', 'initial_value'),
  rich_text_input: one('rich_text_value', 'initial_value'),
  static_select: one('selected_option', 'initial_option'),
  external_select: one('selected_option', 'initial_option'),
  radio_buttons: one('selected_option', 'initial_option'),
  users_select: one('selected_user', 'initial_user'),
  conversations_select: one('selected_conversation', 'initial_conversation'),
  channels_select: one('selected_channel', 'initial_channel'),
  multi_static_select: several('selected_options', 'initial_options'),
  multi_external_select: several('selected_options', 'initial_options'),
  checkboxes: several('selected_options', 'initial_options'),
  multi_users_select: several('selected_users', 'initial_users'),
  multi_conversations_select: several('selected_conversations', 'initial_conversations'),
  multi_channels_select: several('selected_channels', 'initial_channels'),
  datepicker: one('selected_date', 'initial_date'),
  timepicker: one('selected_time', 'initial_time'),
  datetimepicker: one('selected_date_time', 'initial_date_time'),
};

/** What of a field's value counts: its kind's key; undefined for elements that hold none. */
export function kindOf(element: Json): Kind | undefined {
  return entryOf(KINDS, String(element['type']));
}

/**
 * The values of a form nobody has touched. `conversation` is where it was opened, for selects that begin there.
 * Elements without ids are left out: give them ids first (`withIds`).
 */
export function initialState(blocks: unknown, conversation?: string): Values {
  return collect(blocks, ({ element }, kind) => firstValue(element, kind, conversation));
}

/**
 * The values of a form in which a person typed: the blocks say which fields there are, `typed` what is in them. Unknown
 * ids and foreign properties are dropped, a field not in `typed` (or of another type there) keeps its first value.
 */
export function mergeState(blocks: unknown, typed: unknown, conversation?: string): Values {
  return collect(blocks, (field, kind) => {
    const value = typedValue(typed, field);
    const fits = isObject(value) && (value['type'] ?? field.element['type']) === field.element['type'];
    return fits && Object.hasOwn(value, kind.key)
      ? clean(value[kind.key], kind)
      : firstValue(field.element, kind, conversation);
  });
}

function typedValue(typed: unknown, { blockId, actionId }: Field): unknown {
  const block = isObject(typed) ? entryOf(typed, blockId) : undefined;
  return isObject(block) ? entryOf(block, actionId) : undefined;
}

/** Slack sends an emptied text field as null, never as ''. */
function clean(value: unknown, kind: Kind): unknown {
  if (kind.many) return Array.isArray(value) ? value : [];
  return value === undefined || value === '' ? null : value;
}

function firstValue(element: Json, kind: Kind, conversation?: string): unknown {
  const first = clean(element[kind.initial], kind);
  const empty = kind.many ? Array.isArray(first) && first.length === 0 : first === null;
  const here = element['default_to_current_conversation'] === true && conversation !== undefined;
  if (!empty || !here) return first;
  return kind.many ? [conversation] : conversation;
}

function collect(blocks: unknown, valueOf: (field: Field, kind: Kind) => unknown): Values {
  const values = new Map<string, Map<string, Json>>();
  for (const field of fieldsOf(blocks)) {
    const kind = kindOf(field.element);
    if (!kind) continue;
    const block = values.get(field.blockId) ?? new Map<string, Json>();
    block.set(field.actionId, entry(field, kind, valueOf(field, kind)));
    values.set(field.blockId, block);
  }
  return Object.fromEntries([...values].map(([id, block]) => [id, Object.fromEntries(block)]));
}

function entry({ element }: Field, kind: Kind, value: unknown): Json {
  const { type, timezone } = element;
  return { type, [kind.key]: value, ...(timezone === undefined ? {} : { timezone }) };
}
