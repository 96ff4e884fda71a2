import { describe, expect, it } from '@jest/globals';
import { initialState, mergeState } from '../../../sandbox/blockkit/state.ts';
import { actions, button, divider, element, input, option, section } from './samples.ts';

const field = (fieldElement: object, more: object = {}) =>
  input({ action_id: 'a', ...fieldElement }, { block_id: 'b', ...more });

const filled = (type: string) => initialState([field(element(type, { action_id: 'a' }))])['b']?.['a'];
const untouched = (type: string) => initialState([field({ type })])['b']?.['a'];

describe('the state of a form nobody has touched', () => {
  it.each([
    ['plain_text_input', { value: null }],
    ['number_input', { value: null }],
    ['email_text_input', { value: null }],
    ['url_text_input', { value: null }],
    ['rich_text_input', { rich_text_value: null }],
    ['static_select', { selected_option: null }],
    ['external_select', { selected_option: null }],
    ['radio_buttons', { selected_option: null }],
    ['users_select', { selected_user: null }],
    ['conversations_select', { selected_conversation: null }],
    ['channels_select', { selected_channel: null }],
    ['multi_static_select', { selected_options: [] }],
    ['multi_external_select', { selected_options: [] }],
    ['checkboxes', { selected_options: [] }],
    ['multi_users_select', { selected_users: [] }],
    ['multi_conversations_select', { selected_conversations: [] }],
    ['multi_channels_select', { selected_channels: [] }],
    ['datepicker', { selected_date: null }],
    ['timepicker', { selected_time: null }],
    ['datetimepicker', { selected_date_time: null }],
  ])('is empty for %s', (type, value) => {
    expect(untouched(type)).toEqual({ type, ...value });
  });

  it.each([
    ['number_input', { value: '50' }],
    ['static_select', { selected_option: option('7') }],
    ['multi_static_select', { selected_options: [option('1')] }],
    ['users_select', { selected_user: 'U1' }],
    ['multi_users_select', { selected_users: ['U1', 'U2'] }],
    ['multi_conversations_select', { selected_conversations: ['C1'] }],
    ['channels_select', { selected_channel: 'C1' }],
    ['datepicker', { selected_date: '2026-02-28' }],
    ['timepicker', { selected_time: '23:59', timezone: 'Europe/Brussels' }],
    ['datetimepicker', { selected_date_time: 1_700_000_000 }],
  ])('begins %s with its initial value', (type, value) => {
    expect(filled(type)).toEqual({ type, ...value });
  });

  it('begins a conversations select where the form was opened, if it asks for that', () => {
    const blocks = [field({ type: 'conversations_select', default_to_current_conversation: true })];
    expect(initialState(blocks, 'C7')['b']?.['a']).toEqual({
      type: 'conversations_select',
      selected_conversation: 'C7',
    });
  });

  it('holds selects of sections and actions, and nothing for buttons', () => {
    const blocks = [
      divider,
      section({ block_id: 's', accessory: { type: 'users_select', action_id: 'who' } }),
      { ...actions(button({ action_id: 'press' }), { type: 'datepicker', action_id: 'day' }), block_id: 'x' },
      { ...actions(button({ action_id: 'press' })), block_id: 'y' },
    ];
    expect(initialState(blocks)).toEqual({
      s: { who: { type: 'users_select', selected_user: null } },
      x: { day: { type: 'datepicker', selected_date: null } },
    });
  });
});

describe('what people typed', () => {
  const blocks = [field({ type: 'plain_text_input', initial_value: 'first' })];
  const merge = (typed: unknown) => mergeState(blocks, typed)['b']?.['a']?.['value'];

  it('replaces the first value', () => {
    expect(merge({ b: { a: { type: 'plain_text_input', value: 'second' } } })).toBe('second');
  });

  it('is null once emptied', () => {
    expect(merge({ b: { a: { type: 'plain_text_input', value: '' } } })).toBeNull();
  });

  it('counts only where the element is still of that type', () => {
    expect(merge({ b: { a: { type: 'users_select', selected_user: 'U1' } } })).toBe('first');
  });

  it('loses unknown blocks, unknown actions and foreign properties', () => {
    const typed = {
      gone: { a: { type: 'plain_text_input', value: 'x' } },
      b: { a: { type: 'plain_text_input', value: 'x', more: 1 }, gone: { value: 'x' } },
    };
    expect(mergeState(blocks, typed)).toEqual({ b: { a: { type: 'plain_text_input', value: 'x' } } });
  });

  it.each([null, 'state', [], { b: null }, { b: { a: null } }])('may be nonsense: %j', (typed) => {
    expect(merge(typed)).toBe('first');
  });
});
