import { describe, expect, it } from '@jest/globals';
import { initialState, mergeState } from '../../../sandbox/blockkit/state.ts';
import { checkSubmission } from '../../../sandbox/blockkit/submission.ts';
import { input, section } from './samples.ts';

const faultOf = (fieldElement: object, value: object, more: object = {}) => {
  const blocks = [input({ action_id: 'a', ...fieldElement }, { block_id: 'b', ...more })];
  return checkSubmission(blocks, mergeState(blocks, { b: { a: value } }))['b'];
};

describe('what stops a submission', () => {
  const required = 'Please complete this required field.';

  it.each<[string, object, object, string | undefined]>([
    ['an empty text', { type: 'plain_text_input' }, {}, required],
    ['an emptied text', { type: 'plain_text_input', initial_value: 'a' }, { value: '' }, required],
    ['no choice', { type: 'static_select' }, {}, required],
    ['no choices', { type: 'multi_users_select' }, { selected_users: [] }, required],
    [
      'empty rich text',
      { type: 'rich_text_input' },
      {
        rich_text_value: { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [] }] },
      },
      required,
    ],
    [
      'rich text with a mention',
      { type: 'rich_text_input' },
      {
        rich_text_value: {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: 'U1' }] }],
        },
      },
      undefined,
    ],
    [
      'a text too short',
      { type: 'plain_text_input', min_length: 3 },
      { value: '😀😀' },
      'Please enter at least 3 characters.',
    ],
    [
      'a text too long',
      { type: 'plain_text_input', max_length: 2 },
      { value: 'abc' },
      'Please enter no more than 2 characters.',
    ],
    ['a text just long enough', { type: 'plain_text_input', max_length: 2 }, { value: '😀😀' }, undefined],
    [
      'a text above Slack’s own limit',
      { type: 'plain_text_input' },
      { value: 'x'.repeat(3001) },
      'Please enter no more than 3000 characters.',
    ],
    [
      'words for a number',
      { type: 'number_input', is_decimal_allowed: true },
      { value: 'ten' },
      'Please enter a valid number.',
    ],
    [
      'a fraction',
      { type: 'number_input', is_decimal_allowed: false },
      { value: '1.5' },
      'Please enter a whole number.',
    ],
    [
      'a number too small',
      { type: 'number_input', is_decimal_allowed: false, min_value: '2' },
      { value: '1' },
      'Please enter a number greater than or equal to 2.',
    ],
    [
      'a number too large',
      { type: 'number_input', is_decimal_allowed: false, max_value: '2' },
      { value: '3' },
      'Please enter a number less than or equal to 2.',
    ],
    [
      'a number in range',
      { type: 'number_input', is_decimal_allowed: true, max_value: '2' },
      { value: '1.5' },
      undefined,
    ],
    [
      'an address without a domain',
      { type: 'email_text_input' },
      { value: 'ana@' },
      'Please enter a valid email address.',
    ],
    ['a link without a scheme', { type: 'url_text_input' }, { value: 'example.com' }, 'Please enter a valid URL.'],
    [
      'too many choices',
      { type: 'multi_users_select', max_selected_items: 1 },
      { selected_users: ['U1', 'U2'] },
      'Please choose no more than 1.',
    ],
  ])('%s', (_what, fieldElement, value, sentence) => {
    expect(faultOf(fieldElement, value)).toBe(sentence);
  });

  it('is nothing where an optional field is empty', () => {
    expect(faultOf({ type: 'plain_text_input', min_length: 3 }, {}, { optional: true })).toBeUndefined();
  });

  it('is a wrong value even in an optional field', () => {
    expect(faultOf({ type: 'email_text_input' }, { value: 'ana' }, { optional: true })).toBe(
      'Please enter a valid email address.',
    );
  });

  it('is never a select outside an input block', () => {
    const blocks = [section({ block_id: 's', accessory: { type: 'users_select', action_id: 'who' } })];
    expect(checkSubmission(blocks, initialState(blocks))).toEqual({});
  });
});
