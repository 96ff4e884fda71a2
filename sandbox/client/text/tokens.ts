import type { Inline } from './mrkdwn.ts';
import { unescapeEntities } from './entities.ts';

/** Later times are none that JavaScript knows. */
const latestSecond = 8_640_000_000_000;

/**
 * Reads what stands between `<` and `>`; `parse` reads a link's label. Undefined when it is none of
 * Slack's tokens (then it is drawn as it is).
 */
export function readToken(inside: string, parse: (text: string) => Inline[]): Inline | undefined {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : inside.slice(bar + 1);
  if (/^@[UW][A-Z0-9]+$/u.test(target)) return { type: 'user', id: target.slice(1), label: unescapeEntities(label) };
  if (/^#[CDG][A-Z0-9]+$/u.test(target))
    return { type: 'channel', id: target.slice(1), label: unescapeEntities(label) };
  if (target.startsWith('!')) return special(target.slice(1), unescapeEntities(label));
  if (/^(?:https?|mailto|tel|slack):/u.test(target)) return link(target, label, parse);
  return undefined;
}

function link(target: string, label: string, parse: (text: string) => Inline[]): Inline {
  const url = unescapeEntities(target);
  const bare = url.replace(/^(?:mailto|tel):/u, '');
  return { type: 'link', url, children: label === '' ? [{ type: 'text', text: bare }] : parse(label) };
}

function special(target: string, label: string): Inline | undefined {
  if (target === 'here' || target === 'channel' || target === 'everyone')
    return { type: 'everyone', label: `@${target}` };
  const group = /^subteam\^([A-Z0-9]+)$/u.exec(target);
  if (group) return { type: 'group', id: group[1] ?? '', label: label === '' ? '@group' : label };
  const date = /^date\^(\d+)\^([^^]+)(?:\^(.+))?$/u.exec(target);
  if (!date) return label === '' ? undefined : { type: 'text', text: label };
  if (Number(date[1]) > latestSecond) return { type: 'text', text: label };
  const [, at = '0', format = '', url = ''] = date;
  return {
    type: 'date',
    at: Number(at),
    format: unescapeEntities(format),
    url: unescapeEntities(url),
    fallback: label,
  };
}
