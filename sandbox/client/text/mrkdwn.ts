import { emojiGlyph } from './emoji.ts';
import { unescapeEntities } from './entities.ts';
import { readToken } from './tokens.ts';

/** Something inside a line. `glyph` is empty for an emoji this workspace does not know. */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'emoji'; name: string; glyph: string }
  | { type: 'link'; url: string; children: Inline[] }
  | { type: 'user' | 'channel' | 'group'; id: string; label: string }
  | { type: 'everyone'; label: string }
  | { type: 'date'; at: number; format: string; url: string; fallback: string };

/** A run of lines drawn together. */
export type Piece =
  | { type: 'lines'; lines: Inline[][] }
  | { type: 'quote'; lines: Inline[][] }
  | { type: 'bullet'; mark: string; line: Inline[] }
  | { type: 'pre'; text: string };

const styles = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
const bullet = /^(\s*)([•◦▪‣])\s+/u;

/** Reads Slack's mrkdwn as Slack draws it. Never throws: what is not valid markup is plain text. */
export function parseMrkdwn(source: string): Piece[] {
  return source.split(/```/u).flatMap((part, index, parts): Piece[] => {
    const closed = index < parts.length - 1 || parts.length % 2 === 1;
    if (index % 2 === 1 && closed) return [{ type: 'pre', text: unescapeEntities(part.replace(/^\n|\n$/gu, '')) }];
    const text = index % 2 === 1 ? `\`\`\`${part}` : trimAround(part, index > 0, index < parts.length - 1);
    return text === '' ? [] : parseLines(text.split('\n'));
  });
}

function trimAround(text: string, before: boolean, after: boolean): string {
  const start = before ? text.replace(/^\n/u, '') : text;
  return after ? start.replace(/\n$/u, '') : start;
}

function parseLines(lines: string[]): Piece[] {
  const pieces: Piece[] = [];
  for (const [index, line] of lines.entries()) {
    const rest = /^(?:>|&gt;){3}\s?(.*)$/u.exec(line);
    if (rest) {
      const quoted = [rest[1] ?? '', ...lines.slice(index + 1)];
      return [...pieces, { type: 'quote', lines: quoted.map((each) => parseInline(each)) }];
    }
    addLine(pieces, line);
  }
  return pieces;
}

function addLine(pieces: Piece[], line: string): void {
  const quote = /^(?:>|&gt;)\s?(.*)$/u.exec(line);
  const mark = bullet.exec(line);
  const last = pieces.at(-1);
  if (mark) {
    pieces.push({ type: 'bullet', mark: mark[2] ?? '•', line: parseInline(line.slice(mark[0].length)) });
    return;
  }
  const type = quote ? 'quote' : 'lines';
  const parsed = parseInline(quote ? (quote[1] ?? '') : line);
  if (last?.type === type) last.lines.push(parsed);
  else pieces.push({ type, lines: [parsed] });
}

/** Reads one line: tokens, code, emoji, bare addresses, and bold, italic and strike where they stand at the edge of a word. */
export function parseInline(line: string): Inline[] {
  const found: Inline[] = [];
  let plain = '';
  let at = 0;
  const flush = () => {
    if (plain !== '') found.push({ type: 'text', text: unescapeEntities(plain) });
    plain = '';
  };
  while (at < line.length) {
    const hit = readAt(line, at);
    if (hit) {
      flush();
      found.push(hit.node);
      at = hit.end;
    } else {
      plain += line.charAt(at);
      at += 1;
    }
  }
  flush();
  return found;
}

type Hit = { node: Inline; end: number } | undefined;

function readAt(line: string, at: number): Hit {
  const char = line.charAt(at);
  if (char === '<') return tokenAt(line, at);
  if (char === '`') return codeAt(line, at);
  if (char === ':') return emojiAt(line, at);
  if (char === 'h') return addressAt(line, at);
  if (char === '*' || char === '_' || char === '~') return styleAt(line, at, char);
  return undefined;
}

function tokenAt(line: string, at: number): Hit {
  const end = line.indexOf('>', at);
  if (end < 0) return undefined;
  const node = readToken(line.slice(at + 1, end), parseInline);
  return node && { node, end: end + 1 };
}

function codeAt(line: string, at: number): Hit {
  const end = line.indexOf('`', at + 1);
  if (end <= at + 1) return undefined;
  return { node: { type: 'code', text: unescapeEntities(line.slice(at + 1, end)) }, end: end + 1 };
}

function emojiAt(line: string, at: number): Hit {
  const match = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/iu.exec(line.slice(at));
  const name = match?.[1]?.toLowerCase();
  if (!match || name === undefined || /^\d+$/u.test(name)) return undefined;
  return { node: { type: 'emoji', name, glyph: emojiGlyph(name) ?? '' }, end: at + match[0].length };
}

function addressAt(line: string, at: number): Hit {
  if (isWord(line.charAt(at - 1))) return undefined;
  const match = /^https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)'"*_~]/u.exec(line.slice(at));
  if (!match) return undefined;
  const url = unescapeEntities(match[0]);
  return { node: { type: 'link', url, children: [{ type: 'text', text: url }] }, end: at + match[0].length };
}

function styleAt(line: string, at: number, mark: '*' | '_' | '~'): Hit {
  if (isWord(line.charAt(at - 1)) || /[\s]|^$/u.test(line.charAt(at + 1)) || line.charAt(at + 1) === mark)
    return undefined;
  for (let end = line.indexOf(mark, at + 2); end > 0; end = line.indexOf(mark, end + 1)) {
    const inside = line.slice(at + 1, end);
    if (/\s$/u.test(inside) || isWord(line.charAt(end + 1)) || insideToken(inside)) continue;
    return { node: { type: styles[mark], children: parseInline(inside) }, end: end + 1 };
  }
  return undefined;
}

/** Whether a text ends within `<…` or an odd number of backticks, so that a mark there belongs to an address or code. */
function insideToken(text: string): boolean {
  return text.lastIndexOf('<') > text.lastIndexOf('>') || text.split('`').length % 2 === 0;
}

function isWord(char: string): boolean {
  return /[\p{L}\p{N}]/u.test(char);
}
