/** What people wrote, as Slack hands it over, in words: nobody reads an id, and nothing in it calls anybody when it is shown again. */

/** `<@U1>`, `<#C1|general>`, `<!here>`, `<!date^…|yesterday>`, `<https://x.test|a page>`. https://docs.slack.dev/messaging/formatting-message-text */
const MARKUP = /<([^<>|]*)(?:\|([^<>]*))?>/g;

function named(sign: string, label: string, otherwise: string): string {
  const name = label.trim();
  if (name === '') return otherwise;
  return name.startsWith(sign) ? name : `${sign}${name}`;
}

function wordsOf(target: string, label: string): string {
  if (target.startsWith('@')) return named('@', label, '@somebody');
  if (target.startsWith('#')) return named('#', label, '#a-channel');
  if (/^!(?:here|channel|everyone)/.test(target)) return `@${target.slice(1).split(/[^a-z]/)[0] ?? ''}`;
  if (target.startsWith('!subteam')) return named('@', label, '@a-group');
  return label.trim() === '' ? target.replace(/^(?:mailto|tel):/, '').replace(/^!.*$/, '') : label;
}

/** Unescapes once, as Slack escaped once: what somebody typed as `&lt;` stays that. */
const unescape = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** The text of a message as its readers see it. It is not escaped any more: whatever shows it has to. */
export const plainWords = (text: string): string =>
  unescape(text.replace(MARKUP, (_all, target: string, label = '') => wordsOf(target, String(label))));
