/** Understanding what people type behind a command, generously. */
import { lengthOf, nameKey, unquote } from './name.ts';

/** The first word, small, and everything after it. */
export function splitWord(text: string): { word: string; rest: string } {
  const [, word = '', rest = ''] = /^\s*(\S*)\s*(.*)$/su.exec(text) ?? [];
  return { word: nameKey(unquote(word)), rest: rest.trim() };
}

export type Typed = {
  /** People that were mentioned, each once, in order. */
  readonly userIds: readonly string[];
  /** `@names` that Slack could not make a person of, and user groups, as typed. */
  readonly unresolved: readonly string[];
  /** What is left, as the person sees it. */
  readonly text: string;
};

const PERSON = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g;
const GROUP = /<!subteam\^[A-Z0-9]+(?:\|([^>]*))?>/g;
const AT_WORD = /(?<=^|\s)@([^\s,]+)/g;

/** Mentions apart from the words, in a text in which Slack has escaped what it resolved. */
export function readMentions(escaped: string): Typed {
  const userIds = [...escaped.matchAll(PERSON)].map((match) => match[1] ?? '');
  const groups = [...escaped.matchAll(GROUP)].map((match) => match[1] ?? '@group');
  const words = readableText(escaped.replaceAll(PERSON, ' ').replaceAll(GROUP, ' '));
  const unresolved = [...words.matchAll(AT_WORD)].map((match) => match[0]);
  const text = words
    .replaceAll(AT_WORD, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[\s,]+|[\s,]+$/g, '');
  return { userIds: [...new Set(userIds)], unresolved: [...groups, ...unresolved], text };
}

/** Slack's escapes as the person typed them: links by their label, `&amp;` as &. */
export const readableText = (escaped: string): string =>
  escaped
    .replaceAll(
      /<([@#!]?)([^>|]*)(?:\|([^>]*))?>/g,
      (_all, sign: string, target: string, label: string | undefined) => {
        const shown = label === undefined || label === '' ? target : label;
        const mark = sign === '!' ? '@' : sign;
        return mark === '' || shown.startsWith(mark) ? shown : `${mark}${shown}`;
      },
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** Every way to read "A word B": what stands before and after each time the word occurs, whatever its case; either may be ''. */
export function readingsAround(text: string, word: string): { before: string; after: string }[] {
  const found = text.matchAll(new RegExp(`(?<=^|\\s)${word}(?=\\s|$)`, 'giu'));
  return [...found].map(({ index }) => ({
    before: text.slice(0, index).trim(),
    after: text.slice(index + word.length).trim(),
  }));
}

/** Something that answers to names. */
export type Named<T> = { readonly item: T; readonly keys: readonly string[] };

export type Match<T> =
  | { readonly kind: 'found'; readonly item: T }
  | { readonly kind: 'several'; readonly items: readonly T[] }
  | { readonly kind: 'none'; readonly closest: T | undefined };

/**
 * Whom a typed name means: the same name (case, spaces, quotes and Unicode forms aside), else the only one that begins so. An item's
 * first key is its name, the others are old names, which stand back behind names.
 */
export function matchName<T>(typed: string, named: readonly Named<T>[]): Match<T> {
  const key = nameKey(unquote(typed));
  if (key === '') return { kind: 'none', closest: undefined };
  const exact = named.find(({ keys }) => keys[0] === key) ?? named.find(({ keys }) => keys.includes(key));
  if (exact) return { kind: 'found', item: exact.item };
  const [first, ...others] = beginning(key, named);
  if (first === undefined) return { kind: 'none', closest: closestTo(key, named) };
  return others.length === 0 ? { kind: 'found', item: first } : { kind: 'several', items: [first, ...others] };
}

function beginning<T>(key: string, named: readonly Named<T>[]): T[] {
  const byName = named.filter(({ keys }) => keys[0]?.startsWith(key));
  const matches = byName.length > 0 ? byName : named.filter(({ keys }) => keys.some((one) => one.startsWith(key)));
  return matches.map(({ item }) => item);
}

/** The item with the most similar name; undefined when none is similar: more than a third of the letters would have to change. */
function closestTo<T>(key: string, named: readonly Named<T>[]): T | undefined {
  let best: { item: T; distance: number } | undefined;
  for (const { item, keys } of named) {
    for (const other of keys) {
      const allowed = allowedDistance(key, other);
      // At least as many letters as the one is longer must change: most names need not be compared.
      if (Math.abs(lengthOf(key) - lengthOf(other)) > allowed) continue;
      const distance = editDistance(key, other);
      if (distance <= allowed && (best === undefined || distance < best.distance)) {
        best = { item, distance };
      }
    }
  }
  return best?.item;
}

const allowedDistance = (a: string, b: string): number => Math.max(1, Math.floor(Math.max(a.length, b.length) / 3));

/** How many letters must be put in, taken out, replaced or swapped with their neighbour to make one of the other. */
export function editDistance(a: string, b: string): number {
  const from = Array.from(a);
  const to = Array.from(b);
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of from.entries()) {
    const current = [row + 1];
    for (const [column, other] of to.entries()) {
      const replaced = (last[column] ?? 0) + (letter === other ? 0 : 1);
      const swapped =
        row > 0 && letter === to[column - 1] && from[row - 1] === other
          ? (beforeLast[column - 1] ?? 0) + 1
          : Number.POSITIVE_INFINITY;
      current.push(Math.min((last[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1, replaced, swapped));
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
