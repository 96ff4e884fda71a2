import { describe, expect, it } from '@jest/globals';
import { carryValues, checkForm, initialValue } from '../../../../sandbox/client/blocks/form.ts';

const option = { text: { type: 'plain_text', text: 'English' }, value: 'en' } as const;
const input = (blockId: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id: blockId,
  label: { type: 'plain_text', text: blockId },
  element: { action_id: 'v', ...element },
  ...more,
});
const name = input('name', { type: 'plain_text_input', initial_value: 'Ana' });

describe('form values', () => {
  it.each([
    [{ type: 'plain_text_input' }, { type: 'plain_text_input', value: null }],
    [
      { type: 'static_select', initial_option: option },
      { type: 'static_select', selected_option: option },
    ],
    [{ type: 'checkboxes' }, { type: 'checkboxes', selected_options: [] }],
    [
      { type: 'multi_users_select', initial_users: ['U1'] },
      { type: 'multi_users_select', selected_users: ['U1'] },
    ],
    [{ type: 'conversations_select' }, { type: 'conversations_select', selected_conversation: null }],
    [{ type: 'datepicker' }, { type: 'datepicker', selected_date: null }],
    [{ type: 'button' }, undefined],
    [{ type: 'overflow' }, undefined],
  ])('begin in the shape Slack sends: %j', (element, value) => {
    expect(initialValue(element)).toEqual(value);
  });

  it('are kept when the view is replaced and the control is the same one', () => {
    const typed = { name: { v: { type: 'plain_text_input', value: 'Anita' } } };
    expect(carryValues([input('name', { type: 'plain_text_input', initial_value: 'Bo' })], typed)).toEqual(typed);
  });

  it('begin anew when block id, action id or type differ', () => {
    const typed = { other: { v: { type: 'plain_text_input', value: 'x' } }, name: { v: { type: 'url_text_input' } } };
    expect(carryValues([name], typed)).toEqual({ name: { v: { type: 'plain_text_input', value: 'Ana' } } });
  });

  it('include the controls of sections and actions', () => {
    const blocks = [
      { type: 'section', block_id: 's', accessory: { type: 'static_select', action_id: 'a' } },
      { type: 'actions', block_id: 'b', elements: [{ type: 'users_select', action_id: 'c' }, { type: 'button' }] },
    ];
    expect(carryValues(blocks, {})).toEqual({
      s: { a: { type: 'static_select', selected_option: null } },
      b: { c: { type: 'users_select', selected_user: null } },
    });
  });
});

function check(block: ReturnType<typeof input>, value: object): string | undefined {
  return checkForm([block], { [block.block_id]: { v: { type: 'x', ...value } } })[block.block_id];
}

describe('checks before sending', () => {
  it('ask for required fields and only those', () => {
    const empty = input('e', { type: 'plain_text_input' });
    expect(check(empty, { value: '  ' })).toBe('Please complete this required field.');
    expect(check({ ...empty, optional: true } as typeof empty, { value: null })).toBeUndefined();
    expect(check(input('m', { type: 'multi_users_select' }), { selected_users: [] })).toBeDefined();
  });

  it('hold texts to their length', () => {
    const short = input('t', { type: 'plain_text_input', min_length: 2, max_length: 3 });
    expect(check(short, { value: 'a' })).toBe('Please enter at least 2 characters.');
    expect(check(short, { value: 'abcd' })).toBe('Please enter no more than 3 characters.');
    expect(check(short, { value: 'abc' })).toBeUndefined();
  });

  it.each([
    ['email_text_input', 'a@b', 'a@b.example'],
    ['url_text_input', 'www.example', 'https://www.example'],
    ['number_input', '1.5', '2'],
  ])('know a wrong %s from a right one', (type, wrong, right) => {
    expect(check(input('x', { type }), { value: wrong })).toBeDefined();
    expect(check(input('x', { type }), { value: right })).toBeUndefined();
  });

  it('hold numbers to their bounds', () => {
    const bounded = input('n', { type: 'number_input', min_value: '1', max_value: '5' });
    expect(check(bounded, { value: '0' })).toBeDefined();
    expect(check(bounded, { value: '6' })).toBeDefined();
    expect(check(bounded, { value: '5' })).toBeUndefined();
  });
});
