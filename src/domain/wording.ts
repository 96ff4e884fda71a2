/** Names and lists inside sentences. */

/**
 * A name somebody typed, for use inside a sentence. Refusals are shown as plain text under a field and as formatted text
 * elsewhere; angle brackets would be markup in the latter, so they are replaced by look-alikes that mean nothing in either.
 */
export const harmless = (name: string): string => name.replaceAll('<', '‹').replaceAll('>', '›');

export const quoted = (name: string): string => `“${harmless(name)}”`;

/** "a", "a and b", "a, b and c". */
export const listed = (items: readonly string[], joiner: 'and' | 'or' = 'and'): string =>
  items.length <= 1 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${joiner} ${items.at(-1) ?? ''}`;

/** "1 agent", "2 agents". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count === 1 ? '1' : count.toLocaleString('en')} ${count === 1 ? one : many}`;
