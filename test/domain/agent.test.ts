import { describe, expect, it } from '@jest/globals';
import { checkLiveChatName, isPaused, liveChatNameOf, pauseEnds } from '../../src/domain/agent.ts';
import { Refusal } from '../../src/errors.ts';

describe('a pause', () => {
  const at = new Date('2026-03-02T09:00:00.000Z');

  it.each([
    ['none', undefined],
    ['30m', '2026-03-02T09:30:00.000Z'],
    ['2h', '2026-03-02T11:00:00.000Z'],
    ['morning', '2026-03-03T07:00:00.000Z'],
  ] as const)('of %s ends at %s', (pause, end) => {
    expect(pauseEnds(pause, at, 'Europe/Berlin')).toBe(end);
  });

  it.each([
    ['into summer time', '2026-03-28T22:30:00Z', 'Europe/Berlin', '2026-03-29T06:00:00.000Z'],
    ['where it is tomorrow already', '2026-03-28T23:30:00Z', 'Europe/Berlin', '2026-03-30T06:00:00.000Z'],
    ['out of summer time', '2026-10-24T12:00:00Z', 'Europe/Berlin', '2026-10-25T07:00:00.000Z'],
    ['far west', '2026-03-02T03:00:00Z', 'America/Los_Angeles', '2026-03-02T16:00:00.000Z'],
    ['at a quarter of an hour', '2026-03-02T03:00:00Z', 'Asia/Kathmandu', '2026-03-03T02:15:00.000Z'],
    ['in a zone nobody knows, by UTC', '2026-03-02T09:00:00Z', 'Moon/Crater', '2026-03-03T08:00:00.000Z'],
  ])('until tomorrow morning ends at eight there: %s', (_what, now, zone, end) => {
    expect(pauseEnds('morning', new Date(now), zone)).toBe(end);
  });

  it.each([
    ['in Berlin', '2026-03-10', 'Europe/Berlin', '2026-03-10T07:00:00.000Z'],
    ['in summer time', '2026-03-29', 'Europe/Berlin', '2026-03-29T06:00:00.000Z'],
    ['today, where it is not eight yet', '2026-03-02', 'America/Los_Angeles', '2026-03-02T16:00:00.000Z'],
    ['a year ahead', '2027-03-02', 'UTC', '2027-03-02T08:00:00.000Z'],
  ])('until a date ends at eight there: %s', (_what, date, zone, end) => {
    expect(pauseEnds('date', at, zone, date)).toBe(end);
  });

  it.each([
    ['none', '', 'pause_until'],
    ['no date', 'soon', 'pause_until'],
    ['a day that is over', '2026-03-01', 'pause_until'],
    ['today, where eight is over', '2026-03-02', 'pause_until'],
    ['more than a year away', '2027-03-05', 'pause_until'],
  ])('until a date is refused for %s', (_what, date, field) => {
    const choose = () => pauseEnds('date', at, 'Europe/Berlin', date);
    expect(choose).toThrow(expect.objectContaining({ code: 'invalid', field }));
  });

  it('is over when its end has come', () => {
    expect(isPaused({ pausedUntil: '2026-03-02T09:00:00.001Z' }, at)).toBe(true);
    expect(isPaused({ pausedUntil: '2026-03-02T09:00:00.000Z' }, at)).toBe(false);
    expect(isPaused({ pausedUntil: undefined }, at)).toBe(false);
  });
});

describe('a live chat name', () => {
  it('is the display name while it is empty', () => {
    expect(liveChatNameOf({ liveChatName: '' }, 'ana.k')).toBe('ana.k');
    expect(liveChatNameOf(undefined, 'ana.k')).toBe('ana.k');
    expect(liveChatNameOf({ liveChatName: 'Ana' }, 'ana.k')).toBe('Ana');
  });

  it.each([
    ['  Ana   K. ', 'Ana K.'],
    ['   ', ''],
    ['<!here>', '<!here>'],
    ['😀'.repeat(60), '😀'.repeat(60)],
  ])('%j is kept as %j', (typed, kept) => {
    expect(checkLiveChatName(typed)).toBe(kept);
  });

  it('longer than sixty is refused at its field', () => {
    expect(() => checkLiveChatName('a'.repeat(61))).toThrow(Refusal);
    expect(() => checkLiveChatName('a'.repeat(61))).toThrow(/up to 60/);
  });
});
