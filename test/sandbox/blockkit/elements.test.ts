import { describe, expect, it } from '@jest/globals';
import { problemLine, validateView } from '../../../sandbox/blockkit/validate.ts';
import { button, element, input, modal, mrkdwn, option, options, plain } from './samples.ts';

const modalLines = (more: object) => validateView(modal(more), 'modal').map(problemLine);

describe('what Slack refuses in elements', () => {
  it.each<[string, object, string]>([
    [
      'an empty list of options',
      { type: 'static_select', options: [] },
      'must provide at least 1 items [json-pointer:/view/blocks/0/element/options]',
    ],
    [
      '101 options',
      { type: 'static_select', options: options(101) },
      'no more than 100 items allowed [json-pointer:/view/blocks/0/element/options]',
    ],
    [
      'neither options nor groups',
      { type: 'static_select' },
      'missing required field: options [json-pointer:/view/blocks/0/element]',
    ],
    [
      'options and groups',
      element('multi_static_select', { options: options(1) }),
      'failed to match exactly one allowed schema [json-pointer:/view/blocks/0/element]',
    ],
    [
      'an option of 76 characters',
      { type: 'static_select', options: [{ text: plain('o'.repeat(76)), value: 'a' }] },
      'must be less than 76 characters [json-pointer:/view/blocks/0/element/options/0/text/text]',
    ],
    [
      'a formatted option in a select',
      { type: 'static_select', options: [{ text: mrkdwn('a'), value: 'a' }] },
      'unsupported type: mrkdwn [json-pointer:/view/blocks/0/element/options/0/text/type]',
    ],
    [
      'a link on an option of a select',
      { type: 'static_select', options: [{ ...option('1'), url: 'https://example.com' }] },
      'invalid additional property: url [json-pointer:/view/blocks/0/element/options/0]',
    ],
    [
      'a value of 151 characters',
      { type: 'checkboxes', options: [{ text: plain('a'), value: 'v'.repeat(151) }] },
      'must be less than 151 characters [json-pointer:/view/blocks/0/element/options/0/value]',
    ],
    [
      'an eleventh checkbox',
      { type: 'checkboxes', options: options(11) },
      'no more than 10 items allowed [json-pointer:/view/blocks/0/element/options]',
    ],
    [
      'null as first choice',
      element('static_select', { initial_option: null }),
      'must provide an object [json-pointer:/view/blocks/0/element/initial_option]',
    ],
    [
      'a first choice that is not offered',
      element('static_select', { initial_option: option('x') }),
      'must be one of the provided options [json-pointer:/view/blocks/0/element/initial_option]',
    ],
    [
      'a first choice that differs in a flag',
      element('static_select', {
        initial_option: { text: { ...plain('Option 7'), emoji: true }, value: '7' },
      }),
      'must be one of the provided options [json-pointer:/view/blocks/0/element/initial_option]',
    ],
    [
      'no first choices in a list',
      element('checkboxes', { initial_options: [] }),
      'must be one of the provided options [json-pointer:/view/blocks/0/element/initial_options]',
    ],
    [
      'a first choice that is in no group',
      element('multi_static_select', { initial_options: [option('1'), option('x')] }),
      'must be one of the provided options [json-pointer:/view/blocks/0/element/initial_options]',
    ],
    [
      'more first choices than allowed',
      element('multi_users_select', { max_selected_items: 1 }),
      'no more than 1 items allowed [json-pointer:/view/blocks/0/element/initial_users]',
    ],
    [
      'no choices allowed',
      element('multi_users_select', { max_selected_items: 0, initial_users: undefined }),
      'must be greater than 1 [json-pointer:/view/blocks/0/element/max_selected_items]',
    ],
    [
      'options in an external select',
      { type: 'external_select', options: options(1) },
      'invalid additional property: options [json-pointer:/view/blocks/0/element]',
    ],
    [
      'an empty filter',
      element('conversations_select', { filter: {} }),
      'must have a minimum of 1 properties [json-pointer:/view/blocks/0/element/filter]',
    ],
    [
      'a filter that repeats itself',
      element('conversations_select', { filter: { include: ['im', 'im'] } }),
      'Input contains duplicate items [json-pointer:/view/blocks/0/element/filter/include]',
    ],
    [
      'a placeholder of 151 characters',
      element('plain_text_input', { placeholder: plain('p'.repeat(151)) }),
      'must be less than 151 characters [json-pointer:/view/blocks/0/element/placeholder/text]',
    ],
    [
      'a first value longer than allowed',
      element('plain_text_input', { max_length: 3, initial_value: 'four' }),
      'must be less than 4 characters [json-pointer:/view/blocks/0/element/initial_value]',
    ],
    [
      'a minimum above the maximum',
      element('plain_text_input', { min_length: 9, max_length: 3 }),
      'must be less than 3 [json-pointer:/view/blocks/0/element/min_length]',
    ],
    [
      'a length above 3000',
      element('plain_text_input', { max_length: 3001 }),
      'must be less than 3000 [json-pointer:/view/blocks/0/element/max_length]',
    ],
    [
      'a number input that does not say about decimals',
      { type: 'number_input' },
      'missing required field: is_decimal_allowed [json-pointer:/view/blocks/0/element]',
    ],
    [
      'a number that is no string',
      element('number_input', { min_value: 1 }),
      'must provide a string [json-pointer:/view/blocks/0/element/min_value]',
    ],
    [
      'a first number above the maximum',
      element('number_input', { initial_value: '51' }),
      'must be less than 50 [json-pointer:/view/blocks/0/element/initial_value]',
    ],
    [
      'a month that is none',
      element('datepicker', { initial_date: '2026-13-01' }),
      'input must match regex pattern: ^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$ [json-pointer:/view/blocks/0/element/initial_date]',
    ],
    [
      'an hour that is none',
      element('timepicker', { initial_time: '24:00' }),
      'input must match regex pattern: ^([01]\\d|2[0-3]):[0-5]\\d$ [json-pointer:/view/blocks/0/element/initial_time]',
    ],
    [
      'milliseconds where seconds belong',
      element('datetimepicker', { initial_date_time: 1.7e12 }),
      'must be less than 9999999999 [json-pointer:/view/blocks/0/element/initial_date_time]',
    ],
    [
      'a style that rich text does not know',
      element('rich_text_input', {
        initial_value: {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'a' },
                { type: 'emoji', name: 'a', style: {} },
              ],
            },
          ],
        },
      }),
      'invalid additional property: style [json-pointer:/view/blocks/0/element/initial_value/elements/0/elements/1]',
    ],
    ['a button as an input', button(), 'unsupported type: button [json-pointer:/view/blocks/0/element/type]'],
  ])('refuses %s', (_what, wrong, expected) => {
    expect(modalLines({ blocks: [input(wrong)] })).toEqual([expected]);
  });
});
