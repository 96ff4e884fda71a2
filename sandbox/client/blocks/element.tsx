import { Choices } from './choices.tsx';
import { ActionButton, Overflow } from './buttons.tsx';
import { DateTimeInput, TextInput } from './inputs.tsx';
import type { Element } from './kit.ts';
import { Select } from './select.tsx';

export type ElementProps = {
  element: Element;
  blockId: string;
  /** id of what names the control */
  labelledBy?: string | undefined;
  /** ids of its hint and error */
  describedBy?: string | undefined;
  /** whether a change is sent to the app at once */
  dispatches: boolean;
};

const textInputs = new Set(['plain_text_input', 'number_input', 'email_text_input', 'url_text_input']);
const dateInputs = new Set(['datepicker', 'timepicker', 'datetimepicker']);

/** One Block Kit element. */
export function ElementView(props: ElementProps) {
  const { type, image_url: address = '', alt_text: words = '' } = props.element;
  if (type === 'button') return <ActionButton {...props} />;
  if (type === 'overflow') return <Overflow {...props} />;
  if (type === 'image') return <img class="accessory-image" src={address} alt={words} />;
  if (type === 'checkboxes' || type === 'radio_buttons') return <Choices {...props} />;
  if (textInputs.has(type)) return <TextInput {...props} />;
  if (dateInputs.has(type)) return <DateTimeInput {...props} />;
  if (type.endsWith('_select')) return <Select {...props} />;
  return <span class="block-unsupported">Unsupported element: {type}</span>;
}
