/** Small valid pieces of Block Kit the tests of this folder bend out of shape. */

export const plain = (text: string) => ({ type: 'plain_text', text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const option = (value: string) => ({ text: plain(`Option ${value}`), value });
export const options = (count: number) => Array.from({ length: count }, (_, index) => option(String(index)));

export const divider = { type: 'divider' };
export const section = (more: object = {}) => ({
  type: 'section',
  text: mrkdwn('Hello'),
  ...more,
});
export const withAccessory = (accessory: object) => section({ accessory });
export const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
export const button = (more: object = {}) => ({ type: 'button', text: plain('Join'), ...more });
export const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('Label'),
  element,
  ...more,
});
export const modal = (more: object = {}) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Save'),
  blocks: [section()],
  ...more,
});
export const home = (more: object = {}) => ({ type: 'home', blocks: [section()], ...more });

/** Every interactive element in its fullest valid form, by type. */
export const elements: Record<string, object> = {
  static_select: {
    options: options(100),
    initial_option: option('7'),
    placeholder: plain('p'.repeat(150)),
    confirm: {
      title: plain('t'.repeat(100)),
      text: mrkdwn('t'.repeat(300)),
      confirm: plain('c'.repeat(30)),
      deny: plain('d'.repeat(30)),
      style: 'danger',
    },
  },
  multi_static_select: {
    option_groups: [{ label: plain('l'.repeat(75)), options: options(3) }],
    initial_options: [option('1')],
    max_selected_items: 2,
  },
  external_select: { min_query_length: 0, initial_option: option('1') },
  multi_external_select: { min_query_length: 0, initial_options: [option('1'), option('2')] },
  users_select: { initial_user: 'U1' },
  multi_users_select: { initial_users: ['U1', 'U2'], max_selected_items: 2 },
  conversations_select: {
    default_to_current_conversation: true,
    filter: { include: ['public', 'private'], exclude_bot_users: true },
  },
  multi_conversations_select: { initial_conversations: ['C1'] },
  channels_select: { initial_channel: 'C1' },
  multi_channels_select: { initial_channels: ['C1'] },
  checkboxes: {
    options: [{ text: mrkdwn('*a*'), value: 'a', description: mrkdwn('_a_') }],
    initial_options: [{ value: 'a', description: mrkdwn('_a_'), text: mrkdwn('*a*') }],
  },
  radio_buttons: { options: options(10), initial_option: option('9'), focus_on_load: true },
  datepicker: { initial_date: '2026-02-28', placeholder: plain('Day') },
  timepicker: { initial_time: '23:59', timezone: 'Europe/Brussels' },
  datetimepicker: { initial_date_time: 1_700_000_000 },
  plain_text_input: {
    multiline: true,
    initial_value: '',
    min_length: 0,
    max_length: 3000,
    dispatch_action_config: { trigger_actions_on: ['on_enter_pressed', 'on_character_entered'] },
  },
  number_input: {
    is_decimal_allowed: false,
    min_value: '-1',
    max_value: '50',
    initial_value: '50',
  },
  email_text_input: { initial_value: 'ana@example.com' },
  url_text_input: { initial_value: 'https://example.com' },
  rich_text_input: {
    initial_value: {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a', style: { bold: true } }] }],
    },
  },
};

/** An element of this type in its fullest valid form. */
export const element = (type: string, more: object = {}) => ({
  type,
  action_id: type,
  ...elements[type],
  ...more,
});
