import type { Block } from '../protocol.ts';
import type { Json } from './json.ts';

const PIECES =
  /<@(?<user>[UW][A-Z0-9]+)(?:\|[^>]*)?>|<#(?<channel>[CG][A-Z0-9]+)(?:\|[^>]*)?>|<(?<url>https?:[^>|]+)(?:\|[^>]*)?>/g;

/** What somebody typed, as the rich text block Slack's own composer adds to every message. */
export function richText(text: string): Block {
  const elements: Json[] = [];
  let end = 0;
  for (const match of text.matchAll(PIECES)) {
    if (match.index > end) elements.push({ type: 'text', text: unescapeText(text.slice(end, match.index)) });
    end = match.index + match[0].length;
    const { user, channel, url } = match.groups ?? {};
    if (user !== undefined) elements.push({ type: 'user', user_id: user });
    else if (channel !== undefined) elements.push({ type: 'channel', channel_id: channel });
    else elements.push({ type: 'link', url: url ?? '' });
  }
  if (end < text.length) elements.push({ type: 'text', text: unescapeText(text.slice(end)) });
  return { type: 'rich_text', block_id: 'typed', elements: [{ type: 'rich_text_section', elements }] };
}

function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
