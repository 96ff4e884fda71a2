import { describe, expect, it } from '@jest/globals';
import { formatAgo, formatDate } from '../../../../sandbox/client/text/date-token.ts';

const at = Date.UTC(2026, 2, 10, 9, 30, 5) / 1000;
const reader = { now: at * 1000 + 120_000, timeZone: 'UTC', locale: 'en-US' };
const minute = 60_000;

describe('dates in messages', () => {
  it.each([
    ['{date_num}', '2026-03-10'],
    ['{date}', 'March 10, 2026'],
    ['{date_short}', 'Mar 10, 2026'],
    ['{date_long}', 'Tuesday, March 10, 2026'],
    ['{date_short_pretty}', 'today'],
    ['{ago}', '2 minutes ago'],
    ['at {date_num} for you', 'at 2026-03-10 for you'],
  ])('writes %s as %s', (format, words) => {
    expect(formatDate(at, format, 'fallback', reader)).toBe(words);
  });

  it('writes the time where the reader is', () => {
    expect(formatDate(at, '{time}', '', reader)).toMatch(/^9:30\sAM$/u);
    expect(formatDate(at, '{time_secs}', '', { ...reader, timeZone: 'Asia/Tokyo' })).toMatch(/^6:30:05\sPM$/u);
  });

  it('calls the days around today by their names, in the zone of the reader', () => {
    const tomorrow = { ...reader, now: reader.now + 86_400_000 };
    expect(formatDate(at, '{date_pretty}', '', tomorrow)).toBe('yesterday');
    expect(formatDate(at, '{date_pretty}', '', { ...tomorrow, now: reader.now - 86_400_000 })).toBe('tomorrow');
    expect(formatDate(at, '{date_pretty}', '', { ...reader, now: reader.now + 5 * 86_400_000 })).toBe('March 10, 2026');
  });

  it('shows the fallback for a token nobody knows', () => {
    expect(formatDate(at, '{date} {century}', 'March', reader)).toBe('March');
  });

  it.each([
    [-3000, 'just now'],
    [-59_000, 'just now'],
    [-minute, '1 minute ago'],
    [-61 * minute, '1 hour ago'],
    [-49 * 60 * minute, '2 days ago'],
    [30_000, 'in a few seconds'],
    [5 * minute, 'in 5 minutes'],
  ])('says how long %d ms is', (distance, words) => {
    expect(formatAgo(reader.now + distance, reader.now)).toBe(words);
  });
});
