/** What Slack's own client refuses before a submission leaves it: the app never hears of these. */
import { type Field, fieldsOf } from './fields.ts';
import { characters, entryOf, isObject, type Json } from './schema.ts';
import { kindOf, type Values } from './state.ts';

/** A sentence under the field, or undefined where the value is fine. */
type Rule = (value: string, element: Json) => string | undefined;

const RULES: Record<string, Rule> = {
  plain_text_input: (value, element) => {
    const { min_length: min, max_length: max = 3000 } = element;
    const length = characters(value);
    if (typeof min === 'number' && length < min) return `Please enter at least ${min} characters.`;
    return length > Number(max) ? `Please enter no more than ${String(max)} characters.` : undefined;
  },
  number_input: (value, element) => {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number)) return 'Please enter a valid number.';
    if (element['is_decimal_allowed'] !== true && !Number.isInteger(number)) return 'Please enter a whole number.';
    const { min_value: min, max_value: max } = element;
    if (typeof min === 'string' && number < Number(min))
      return `Please enter a number greater than or equal to ${min}.`;
    if (typeof max === 'string' && number > Number(max)) return `Please enter a number less than or equal to ${max}.`;
    return undefined;
  },
  email_text_input: (value) =>
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? undefined : 'Please enter a valid email address.',
  url_text_input: (value) =>
    /^https?:\/\/\S+$/i.test(value) && URL.canParse(value) ? undefined : 'Please enter a valid URL.',
};

/**
 * What stops a submission: a sentence by block_id, empty when it may be sent. Only input blocks are checked, as in Slack;
 * `state` is what `mergeState` answers.
 */
export function checkSubmission(blocks: unknown, state: Values): Record<string, string> {
  return Object.fromEntries(
    fieldsOf(blocks).flatMap((field) => {
      const sentence = field.block['type'] === 'input' ? fault(field, state) : undefined;
      return sentence === undefined ? [] : [[field.blockId, sentence]];
    }),
  );
}

function fault({ blockId, actionId, block, element }: Field, state: Values): string | undefined {
  const kind = kindOf(element);
  if (!kind) return undefined;
  const value = state[blockId]?.[actionId]?.[kind.key];
  if (isEmpty(value)) {
    return block['optional'] === true ? undefined : 'Please complete this required field.';
  }
  const most = element['max_selected_items'];
  if (Array.isArray(value) && typeof most === 'number' && value.length > most) {
    return `Please choose no more than ${most}.`;
  }
  const rule = entryOf(RULES, String(element['type']));
  return typeof value === 'string' ? rule?.(value, element) : undefined;
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value) && value['type'] === 'rich_text') return !hasContent(value);
  return value === null || value === undefined || value === '';
}

/** Rich text counts as filled in once any part holds something; line breaks alone do not. */
function hasContent(part: Json): boolean {
  const { elements, text } = part;
  if (Array.isArray(elements)) return elements.filter(isObject).some(hasContent);
  return part['type'] === 'text' ? typeof text === 'string' && text.trim() !== '' : true;
}
