import { plainWords } from '../text/rich-text.tsx';
import type { ElementProps } from './element.tsx';
import { useControl, useSurface } from './surface.tsx';

const keyboards = new Map<string, 'email' | 'url' | 'decimal'>([
  ['email_text_input', 'email'],
  ['url_text_input', 'url'],
  ['number_input', 'decimal'],
]);
const quietLimit = 100;

/** One or several lines of text, a number, an email address or an address. */
export function TextInput({ element, blockId, labelledBy, describedBy, dispatches }: ElementProps) {
  const surface = useSurface();
  const { value, keep, invalid } = useControl(blockId, element, false);
  const text = typeof value['value'] === 'string' ? value['value'] : '';
  const when = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const type = (next: string) => {
    const state = keep({ value: next === '' ? null : next });
    if (dispatches && when.includes('on_character_entered')) surface.act(blockId, element, { value: next }, state);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || element.multiline === true || event.isComposing || !dispatches) return;
    event.preventDefault();
    if (when.includes('on_enter_pressed')) surface.act(blockId, element, { value: text });
  };
  const shared = {
    class: 'text-input',
    value: text,
    placeholder: plainWords(element.placeholder),
    'aria-labelledby': labelledBy,
    'aria-describedby': describedBy,
    'aria-invalid': invalid,
    'data-autofocus': element.focus_on_load === true ? '' : undefined,
    onInput: (event: Event) => type(fieldText(event)),
    onKeyDown,
  };
  return (
    <div class="text-field">
      {element.multiline === true ? (
        <textarea rows={4} {...shared} />
      ) : (
        <input type="text" inputMode={keyboards.get(element.type) ?? 'text'} {...shared} />
      )}
      <Counter length={text.length} max={element.max_length} />
    </div>
  );
}

function fieldText(event: Event): string {
  const field = event.currentTarget;
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : '';
}

function Counter({ length, max }: { length: number; max: number | undefined }) {
  if (max === undefined || (max - length > quietLimit && length < max * 0.8)) return null;
  return (
    <span class={length > max ? 'counter over' : 'counter'} aria-live="polite">
      {max - length}
    </span>
  );
}

/** A date, a time of day, or both. Slack counts a date and time in epoch seconds. */
export function DateTimeInput({ element, blockId, labelledBy, describedBy, dispatches }: ElementProps) {
  const { value, change, invalid } = useControl(blockId, element, dispatches);
  const kinds = { datepicker: 'date', timepicker: 'time', datetimepicker: 'datetime-local' } as const;
  const kind =
    element.type === 'datepicker' || element.type === 'timepicker' ? kinds[element.type] : kinds.datetimepicker;
  const keys = { date: 'selected_date', time: 'selected_time', 'datetime-local': 'selected_date_time' } as const;
  const held = value[keys[kind]];
  const shown = typeof held === 'number' ? localMinute(held) : typeof held === 'string' ? held : '';
  const store = (text: string) => {
    const next = kind === 'datetime-local' ? Math.floor(new Date(text).getTime() / 1000) : text;
    change({ [keys[kind]]: text === '' ? null : next });
  };
  return (
    <input
      type={kind}
      class="text-input date-input"
      value={shown}
      aria-labelledby={labelledBy}
      aria-label={labelledBy === undefined ? plainWords(element.placeholder) || 'Date' : undefined}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      data-autofocus={element.focus_on_load === true ? '' : undefined}
      onChange={(event) => store(fieldText(event))}
    />
  );
}

function localMinute(seconds: number): string {
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
