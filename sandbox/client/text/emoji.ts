import { emojiTable } from './emoji-table.ts';

/** One glyph with the name people type for it. */
export type Emoji = { name: string; glyph: string };

const tones = ['🏻', '🏼', '🏽', '🏾', '🏿'];

function readTable(table: string): Emoji[] {
  return table.split(' ').flatMap((entry) => {
    // Short names are ASCII, the glyph before them is not, except the keycaps (#️⃣, 0️⃣…), which end in U+20E3.
    const match = /^(.*?[^\x20-\x7e])([\x21-\x7e]+)$/u.exec(entry);
    const [, glyph = '', names = ''] = match ?? [];
    return names.split(',').map((name) => ({ name, glyph }));
  });
}

let all: Emoji[] | undefined;
let byName: Map<string, string> | undefined;

function list(): Emoji[] {
  all ??= readTable(emojiTable);
  return all;
}

/** The glyph of a Slack short name without colons, `wave::skin-tone-3` included; undefined for a custom or unknown one. */
export function emojiGlyph(name: string): string | undefined {
  byName ??= new Map(list().map((emoji) => [emoji.name, emoji.glyph]));
  const [base = '', tone] = name.split('::skin-tone-');
  const glyph = byName.get(base);
  if (glyph === undefined || tone === undefined) return glyph;
  return glyph.replace(/️$/u, '') + (tones[Number(tone) - 2] ?? '');
}

/** Up to `limit` emoji whose name holds what was typed; those that begin with it first. */
export function findEmoji(typed: string, limit: number): Emoji[] {
  const wanted = typed.toLowerCase();
  const hits = list().filter((emoji) => emoji.name.includes(wanted));
  const starts = hits.filter((emoji) => emoji.name.startsWith(wanted));
  const rest = hits.filter((emoji) => !emoji.name.startsWith(wanted));
  return [...starts, ...rest].slice(0, limit);
}

/** Replaces `:short_names:` in a text by their glyphs; what is not an emoji stays as it is. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/giu, (whole, name: string) => {
    return emojiGlyph(name.toLowerCase()) ?? whole;
  });
}
