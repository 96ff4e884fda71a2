import { useId } from 'preact/hooks';
import { Text } from '../text/rich-text.tsx';
import type { ElementProps } from './element.tsx';
import type { Option } from './kit.ts';
import { useControl } from './surface.tsx';

/** Checkboxes or radio buttons, in one named group. */
export function Choices({ element, blockId, labelledBy, describedBy, dispatches }: ElementProps) {
  const id = useId();
  const { value, change, invalid } = useControl(blockId, element, dispatches);
  const many = element.type === 'checkboxes';
  const chosen = many ? optionList(value['selected_options']) : optionList([value['selected_option']]);
  const toggle = (option: Option) => {
    if (!many) return change({ selected_option: option });
    const without = chosen.filter((each) => each.value !== option.value);
    const next = without.length < chosen.length ? without : [...chosen, option];
    change({
      selected_options: (element.options ?? []).filter((each) => next.some((kept) => kept.value === each.value)),
    });
  };
  return (
    <div
      role={many ? 'group' : 'radiogroup'}
      class="choices"
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      aria-invalid={invalid}
    >
      {(element.options ?? []).map((option, index) => (
        <label key={option.value ?? index} class="choice">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={id}
            checked={chosen.some((each) => each.value === option.value)}
            aria-describedby={option.description ? `${id}-${index}` : undefined}
            aria-labelledby={`${id}-${index}-name`}
            onChange={() => toggle(option)}
          />
          <span>
            <span id={`${id}-${index}-name`}>
              <Text text={option.text} />
            </span>
            {option.description && (
              <span class="choice-detail" id={`${id}-${index}`}>
                <Text text={option.description} />
              </span>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}

/** Reads options out of a form value. */
function optionList(held: unknown): Option[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only options are ever put there
  return Array.isArray(held) ? (held.filter((each) => each !== null && each !== undefined) as Option[]) : [];
}
