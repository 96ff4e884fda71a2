import type { Message } from '../../protocol.ts';
import { nearDay } from '../text/date-token.ts';

const groupSeconds = 300;

/** Whether a message is drawn without author and picture: same author, within five minutes, nothing special about either. */
export function followsClosely(before: Message | undefined, message: Message): boolean {
  if (before === undefined || before.user !== message.user) return false;
  if (before.subtype !== undefined || message.subtype !== undefined || before.ephemeral === true) return false;
  return Number(message.ts) - Number(before.ts) < groupSeconds;
}

/** "Today", "Yesterday" or "Monday, March 3" in the reader's zone; `now` in epoch milliseconds. */
export function dayOf(ts: string, timeZone: string, now: number): string {
  const date = new Date(Number(ts.split('.')[0]) * 1000);
  const near = nearDay(date, { now, timeZone, locale: 'en-US' });
  if (near !== undefined) return near.charAt(0).toUpperCase() + near.slice(1);
  return new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'long', month: 'long', day: 'numeric' }).format(date);
}
