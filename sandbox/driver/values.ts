import type { Field } from '../blockkit/fields.ts';
import { findOption, optionsOf } from './find.ts';

/** What a person would enter: words, a date, option names, handles (`ana`), channel names. */
export type Entry = string | string[];

type Json = Record<string, unknown>;

/** What only the running workspace knows. */
export type Lookup = {
  person: (handle: string) => Promise<string>;
  channel: (name: string) => Promise<string>;
  /** what the app offers for this text */
  search: (field: Field, text: string) => Promise<Json[]>;
};

const TYPED: Record<string, string> = {
  plain_text_input: 'value',
  number_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
};

/** The value of a control after somebody entered this, as Slack sends it. */
export async function valueOf(field: Field, entry: Entry, lookup: Lookup): Promise<Json & { type: string }> {
  const type = String(field.element['type']);
  const several = type.startsWith('multi_') || type === 'checkboxes';
  const entries = Array.isArray(entry) ? entry : [entry];
  const kind = type.replace('multi_', '');
  const typedKey = TYPED[kind];
  if (typedKey !== undefined) return { type, [typedKey]: entries.join('\n') };
  const key = KEYS[kind];
  if (key === undefined) throw new Error(`a ${type} cannot be filled in`);
  const chosen = await Promise.all(
    entries.filter((name) => name !== '').map((name) => choose(field, kind, name, lookup)),
  );
  return several ? { type, [`${key}s`]: chosen } : { type, [key]: chosen[0] ?? null };
}

const KEYS: Record<string, string> = {
  static_select: 'selected_option',
  external_select: 'selected_option',
  radio_buttons: 'selected_option',
  checkboxes: 'selected_option',
  overflow: 'selected_option',
  users_select: 'selected_user',
  channels_select: 'selected_channel',
  conversations_select: 'selected_conversation',
};

async function choose(field: Field, kind: string, name: string, lookup: Lookup): Promise<unknown> {
  if (kind === 'users_select') return lookup.person(name);
  if (kind === 'channels_select' || kind === 'conversations_select') return lookup.channel(name);
  if (kind === 'external_select') return findOption(await lookup.search(field, name), name);
  return findOption(optionsOf(field.element), name);
}
