/** Where and when somebody reads a date: epoch milliseconds, an IANA zone, a BCP 47 locale. */
export type Reader = { now: number; timeZone: string; locale: string };

const dayMs = 86_400_000;

/** Replaces the tokens of Slack's `<!date^…>` format. An unknown token gives the fallback, as in Slack. */
export function formatDate(at: number, format: string, fallback: string, reader: Reader): string {
  const date = new Date(at * 1000);
  let known = Number.isFinite(date.getTime());
  const text = format.replace(/\{([a-z_]+)\}/gu, (_whole, token: string) => {
    const part = known ? formatToken(date, token, reader) : undefined;
    if (part === undefined) known = false;
    return part ?? '';
  });
  return known ? text : fallback;
}

const formats = new Map<string, Intl.DateTimeFormatOptions>([
  ['date_slash', { dateStyle: 'short' }],
  ['date', { dateStyle: 'long' }],
  ['date_short', { dateStyle: 'medium' }],
  ['date_long', { dateStyle: 'full' }],
  ['time', { timeStyle: 'short' }],
  ['time_secs', { timeStyle: 'medium' }],
]);

function formatToken(date: Date, token: string, reader: Reader): string | undefined {
  if (token === 'ago') return formatAgo(date.getTime(), reader.now);
  if (token === 'date_num') return dayKey(date, reader);
  const pretty = token.endsWith('_pretty');
  const near = pretty ? nearDay(date, reader) : undefined;
  const format = formats.get(pretty ? token.slice(0, -'_pretty'.length) : token);
  return (
    near ?? (format && new Intl.DateTimeFormat(reader.locale, { timeZone: reader.timeZone, ...format }).format(date))
  );
}

function dayKey(date: Date, reader: Reader): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: reader.timeZone, dateStyle: 'short' }).format(date);
}

/** "3 minutes ago", "in 2 hours": both times in epoch milliseconds. */
export function formatAgo(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000);
  const size = Math.abs(seconds);
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
  if (size < 60) return seconds > 5 ? 'in a few seconds' : 'just now';
  if (size < 3600) return words.format(Math.trunc(seconds / 60), 'minute');
  if (size < 86_400) return words.format(Math.trunc(seconds / 3600), 'hour');
  if (size < 86_400 * 30) return words.format(Math.trunc(seconds / 86_400), 'day');
  if (size < 86_400 * 365) return words.format(Math.trunc(seconds / (86_400 * 30)), 'month');
  return words.format(Math.trunc(seconds / (86_400 * 365)), 'year');
}

/** "today", "yesterday" or "tomorrow" where the reader is; undefined for any other day. */
export function nearDay(date: Date, reader: Reader): string | undefined {
  const day = dayKey(date, reader);
  if (day === dayKey(new Date(reader.now), reader)) return 'today';
  if (day === dayKey(new Date(reader.now - dayMs), reader)) return 'yesterday';
  return day === dayKey(new Date(reader.now + dayMs), reader) ? 'tomorrow' : undefined;
}
