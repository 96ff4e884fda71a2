import type { Channel, Person } from '../../protocol.ts';
import type { Value } from './form.ts';
import type { Element, Option, OptionGroup } from './kit.ts';

/** One row of a list of options; `group` heads the rows that follow each other with it. */
export type Row = { key: string; label: string; detail?: string; group?: string; option?: Option };

export type SelectKind = 'static' | 'external' | 'users' | 'channels' | 'conversations';

/** What a select offers and whether several can be chosen: from its type, `multi_users_select` and the like. */
export function selectKind(type: string): { kind: SelectKind; many: boolean } {
  const many = type.startsWith('multi_');
  const name = type.replace(/^multi_/u, '').replace(/_select$/u, '');
  const kinds: SelectKind[] = ['external', 'users', 'channels', 'conversations'];
  return { kind: kinds.find((kind) => kind === name) ?? 'static', many };
}

function optionRow(option: Option): Row {
  const row = { key: option.value ?? '', label: option.text.text, option };
  return option.description ? { ...row, detail: option.description.text } : row;
}

/** Options or option groups as rows. */
export function optionRows(source: { options?: Option[]; option_groups?: OptionGroup[] }): Row[] {
  const grouped = (source.option_groups ?? []).flatMap((group) =>
    group.options.map((option) => ({ ...optionRow(option), group: group.label.text })),
  );
  return [...(source.options ?? []).map(optionRow), ...grouped];
}

/** Everybody a person can choose, as rows. */
export function personRows(people: Person[]): Row[] {
  return people
    .filter((person) => !person.deactivated)
    .map((person) => ({ key: person.id, label: person.displayName || person.realName, detail: person.title }));
}

/** Channels as rows, under Slack's filter of a conversations select. */
export function channelRows(channels: Channel[], people: Person[], element: Element): Row[] {
  const { kind } = selectKind(element.type);
  const include = kind === 'channels' ? ['public'] : (element.filter?.include ?? ['public', 'private', 'im', 'mpim']);
  return channels
    .filter((channel) => include.includes(channel.kind) && !channel.archived)
    .filter((channel) => element.filter?.exclude_external_shared_channels !== true || !channel.external)
    .map((channel) => ({ key: channel.id, label: channelLabel(channel, people) }));
}

function channelLabel(channel: Channel, people: Person[]): string {
  if (channel.kind === 'im')
    return people.find((person) => person.id === channel.withUser)?.displayName ?? channel.name;
  return channel.kind === 'mpim' ? channel.name : `#${channel.name}`;
}

/** Rows that hold every word typed, in name or detail. */
export function matchingRows(rows: Row[], typed: string): Row[] {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  return rows.filter((row) => words.every((word) => `${row.label} ${row.detail ?? ''}`.toLowerCase().includes(word)));
}

const keys = { users: 'user', channels: 'channel', conversations: 'conversation' } as const;

/** The chosen rows of a form value; ids are named by what the page knows. */
export function chosenRows(type: string, value: Value, known: Row[]): Row[] {
  const { kind, many } = selectKind(type);
  if (kind === 'static' || kind === 'external') {
    const held = many ? value['selected_options'] : [value['selected_option']];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only options are ever put there
    return optionRows({ options: (Array.isArray(held) ? held : []).filter(Boolean) as Option[] });
  }
  const held = many ? value[`selected_${keys[kind]}s`] : [value[`selected_${keys[kind]}`]];
  const ids = (Array.isArray(held) ? held : []).filter((id): id is string => typeof id === 'string');
  return ids.map((id) => known.find((row) => row.key === id) ?? { key: id, label: id });
}

/** The form value for chosen rows, in Slack's shape. */
export function rowsToValue(type: string, rows: Row[]): Value {
  const { kind, many } = selectKind(type);
  if (kind === 'static' || kind === 'external') {
    const options = rows.map((row) => row.option ?? { text: { type: 'plain_text', text: row.label }, value: row.key });
    return many ? { selected_options: options } : { selected_option: options[0] ?? null };
  }
  const ids = rows.map((row) => row.key);
  return many ? { [`selected_${keys[kind]}s`]: ids } : { [`selected_${keys[kind]}`]: ids[0] ?? null };
}
