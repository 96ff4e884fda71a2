import type { Block } from '../../protocol.ts';
import type { StateValues } from '../../requests.ts';
import { controlsOf, type Control, type Element } from './kit.ts';

/** What one element holds, in Slack's shape: `{type, selected_option}` and the like. */
export type Value = Record<string, unknown>;

/** By element type: the key its value has in Slack's state, and the key of its initial value. */
const keys = new Map<string, readonly [string, keyof Element]>([
  ['plain_text_input', ['value', 'initial_value']],
  ['number_input', ['value', 'initial_value']],
  ['email_text_input', ['value', 'initial_value']],
  ['url_text_input', ['value', 'initial_value']],
  ['static_select', ['selected_option', 'initial_option']],
  ['external_select', ['selected_option', 'initial_option']],
  ['radio_buttons', ['selected_option', 'initial_option']],
  ['multi_static_select', ['selected_options', 'initial_options']],
  ['multi_external_select', ['selected_options', 'initial_options']],
  ['checkboxes', ['selected_options', 'initial_options']],
  ['datepicker', ['selected_date', 'initial_date']],
  ['timepicker', ['selected_time', 'initial_time']],
  ['datetimepicker', ['selected_date_time', 'initial_date_time']],
  ['users_select', ['selected_user', 'initial_user']],
  ['multi_users_select', ['selected_users', 'initial_users']],
  ['channels_select', ['selected_channel', 'initial_channel']],
  ['multi_channels_select', ['selected_channels', 'initial_channels']],
  ['conversations_select', ['selected_conversation', 'initial_conversation']],
  ['multi_conversations_select', ['selected_conversations', 'initial_conversations']],
]);

/** What an element holds before anybody touched it; undefined for elements that hold nothing (buttons, menus, images). */
export function initialValue(element: Element): Value | undefined {
  const found = keys.get(element.type);
  if (!found) return undefined;
  const [key, initial] = found;
  return { type: element.type, [key]: element[initial] ?? (key.endsWith('s') ? [] : null) };
}

/**
 * The values of a form after its content was replaced. Slack keeps what a control holds while its block id, action id and type
 * stay the same, and only a control that is new starts from its initial value.
 */
export function carryValues(blocks: Block[], previous: StateValues): StateValues {
  const values: StateValues = {};
  for (const { blockId, actionId, element } of controlsOf(blocks)) {
    const initial = initialValue(element);
    if (initial === undefined) continue;
    const before = previous[blockId]?.[actionId];
    values[blockId] = { ...values[blockId], [actionId]: before?.['type'] === element.type ? before : initial };
  }
  return values;
}

/** The same form with one value changed. */
export function withValue(values: StateValues, blockId: string, actionId: string, value: Value): StateValues {
  return { ...values, [blockId]: { ...values[blockId], [actionId]: value } };
}

/** What the page refuses before anything is sent, by block id, in Slack's words. */
export function checkForm(blocks: Block[], values: StateValues): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const control of controlsOf(blocks)) {
    if (control.block.type !== 'input') continue;
    const error = checkControl(control, values[control.blockId]?.[control.actionId] ?? {});
    if (error !== undefined) errors[control.blockId] = error;
  }
  return errors;
}

function checkControl({ block, element }: Control, value: Value): string | undefined {
  if (isEmpty(value)) return block.optional === true ? undefined : 'Please complete this required field.';
  const text = value['value'];
  return typeof text === 'string' ? checkText(element, text) : undefined;
}

/** Whether a control holds nothing. */
function isEmpty(value: Value): boolean {
  return Object.entries(value).every(
    ([key, held]) =>
      key === 'type' ||
      held === null ||
      held === undefined ||
      (typeof held === 'string' && held.trim() === '') ||
      (Array.isArray(held) && held.length === 0),
  );
}

function checkText(element: Element, text: string): string | undefined {
  const { min_length: min = 0, max_length: max = 3000 } = element;
  switch (element.type) {
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(text) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return /^https?:\/\/\S+$/u.test(text) ? undefined : 'Please enter a valid URL.';
    case 'number_input':
      return checkNumber(element, text);
    default:
      if (text.length < min) return `Please enter at least ${min} characters.`;
      return text.length > max ? `Please enter no more than ${max} characters.` : undefined;
  }
}

function checkNumber(element: Element, text: string): string | undefined {
  const number = Number(text);
  if (!Number.isFinite(number)) return 'Please enter a valid number.';
  if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return 'Please enter a whole number.';
  if (element.min_value !== undefined && number < Number(element.min_value))
    return `Please enter a number of at least ${element.min_value}.`;
  if (element.max_value !== undefined && number > Number(element.max_value))
    return `Please enter a number of at most ${element.max_value}.`;
  return undefined;
}
