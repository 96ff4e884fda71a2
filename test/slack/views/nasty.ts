/** Data for messages and lists that nobody would think of, and what Slack says of what was made of it. */
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { messageTooLong, validateMessageBlocks } from '../../../sandbox/blockkit/validate.ts';
import type { Place } from '../../../src/domain/place.ts';
import type { Message } from '../../../src/slack/views/help-card.ts';
import { name } from '../../support/forms.ts';

/** As people are called in Slack: up to eighty letters, of whatever kind. */
const customer = fc.oneof(
  name,
  fc.constantFrom('😀'.repeat(80), '<!channel>', '<@U1|boss>', '*_~`'.repeat(20), '&'.repeat(80), '\u202eRTL'),
);
export const customers = fc.array(customer, { maxLength: 20 });
export const expertiseNames = fc.array(name, { maxLength: 200 });

/** Up to two thousand letters. */
export const note = fc.oneof(
  fc.constantFrom(
    '',
    '<!channel> & <@U1>',
    '&'.repeat(2000),
    '<!here>\n'.repeat(200),
    '😀'.repeat(1000),
    '\n'.repeat(300),
  ),
  fc.string({ unit: 'grapheme', maxLength: 300 }).map((text) => text.trim()),
);

export const time = fc.constantFrom('2026-03-02T09:00:00.000Z', '2025-03-02T09:00:00.000Z', '2026-03-02T08:59:59.999Z');
export const userId = fc.constantFrom('UANA', 'UBEN', 'W0123456789');

export const place: fc.Arbitrary<Place> = fc.record({
  channelId: fc.constantFrom('C1', 'C0123456789'),
  threadTs: fc.constantFrom('', '1700000000.000100'),
  channelName: fc.constantFrom('', 'acme-support', 'ä'.repeat(80)),
  isPrivate: fc.boolean(),
  link: fc.constantFrom('', 'https://northwind.slack.com/archives/C1/p1700000000000100'),
});

/** Slack would take this message, and whole. */
export function expectMessage({ text, blocks }: Message): void {
  expect(validateMessageBlocks(JSON.parse(JSON.stringify(blocks)))).toEqual([]);
  expect(messageTooLong(blocks)).toBe(false);
  expect(text.length).toBeLessThan(4000);
  expectHarmless({ text, blocks });
}

const PLAIN = new Set(['accessibility_label', 'initial_value', 'private_metadata']);

const isPlain = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'plain_text';

/** Nothing anybody typed has become a mention of everybody or of a person. Plain text is shown as it is; only formatted text can do harm. */
export function expectHarmless(shown: unknown): void {
  const formatted = JSON.stringify(shown, (key, value: unknown) => (PLAIN.has(key) || isPlain(value) ? '' : value));
  expect(formatted).not.toMatch(/<!channel|<!here|<@U1[|>]/);
}
