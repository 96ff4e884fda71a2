/** Data for forms that nobody would think of, and forms as Slack sends them back. */
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { initialState, mergeState } from '../../sandbox/blockkit/state.ts';
import { validateView, viewTooLarge } from '../../sandbox/blockkit/validate.ts';
import type { Modal } from '../../src/slack/views/blocks.ts';
import type { SubmittedForm } from '../../src/slack/views/form.ts';

/** Names people really type, and those that try something. */
const NASTY = [
  '<!here>',
  '<@U1>',
  '&amp;',
  '*_~`',
  '"\\',
  '😀'.repeat(60),
  'W'.repeat(60),
  '&'.repeat(60),
  '\u202eRTL',
  '👩‍👩‍👧‍👦',
];

/** Names as the verbs keep them: 1 to 60 code points, no line breaks. */
export const name = fc.oneof(
  fc.constantFrom(...NASTY),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((text) => Array.from(text.replaceAll(/\s/g, '·')).slice(0, 60).join('')),
);
export const words = fc.oneof(
  fc.constant(''),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constant('<'.repeat(500)),
);
export const count = fc.integer({ min: 0, max: 5000 });
export const userIds = (most: number) =>
  fc.integer({ min: 0, max: most }).map((n) => Array.from({ length: n }, (_, i) => `U${i}`));
export const choices = (most: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: most }), fc.array(name, { minLength: 1, maxLength: 5 }))
    .map(([n, names]) => Array.from({ length: n }, (_, i) => ({ id: `e${i}`, name: names[i % names.length] ?? 'x' })));

/** Slack would take this modal. */
export function expectModal(view: Modal | undefined): void {
  expect(validateView(JSON.parse(JSON.stringify(view)), 'modal')).toEqual([]);
  expect(viewTooLarge(view)).toBe(false);
}

/** As Slack sends a form back: its blocks, and what was typed over what it showed. */
export function submit(modal: Modal, typed: Record<string, Record<string, object>> = {}): SubmittedForm {
  const blocks = modal.blocks;
  const values = Object.keys(typed).length === 0 ? initialState(blocks) : mergeState(blocks, typed);
  return { blocks, private_metadata: modal.private_metadata ?? '', state: { values } } as SubmittedForm;
}

/** Options chosen in a select, as Slack says it. */
export const chosen = (type: string, ...values: string[]): object => ({
  type,
  ...(type.startsWith('multi')
    ? { selected_options: values.map((value) => ({ value, text: { type: 'plain_text', text: `Name of ${value}` } })) }
    : { selected_option: { value: values[0] } }),
});

export const picked = (...userIdsPicked: string[]): object => ({
  type: 'multi_users_select',
  selected_users: userIdsPicked,
});

export const typedText = (value: string | null): object => ({ type: 'plain_text_input', value });
