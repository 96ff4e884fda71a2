/** The input that chooses expertise, the same in every form. */
import type { InputBlock } from '@slack/types';
import type { Catalogue, Choice } from '../../services/expertise/options.ts';
import { plain } from './blocks.ts';
import { input, option } from './form.ts';

/** The action id of every select that asks for expertise as people type, in whatever form: one listener suggests for all. */
export const EXPERTISE_OPTIONS = 'expertise';

const asOption = ({ id, name }: Choice) => option(name, id);

/**
 * A list where the whole catalogue fits into one, else a search. Undefined while there is no expertise at all: Slack refuses an empty
 * list, and the form says so instead.
 */
export function expertiseInput(
  field: string,
  label: string,
  { catalogue, chosen, hint }: { catalogue: Catalogue; chosen: readonly Choice[]; hint?: string },
): InputBlock | undefined {
  if (catalogue.kind === 'all' && catalogue.choices.length === 0) return undefined;
  const initial = chosen.length > 0 && { initial_options: chosen.map(asOption) };
  const how = { optional: true, actionId: EXPERTISE_OPTIONS, ...(hint !== undefined && { hint }) };
  if (catalogue.kind === 'search') {
    const placeholder = plain('Type a name');
    return input(field, label, { type: 'multi_external_select', min_query_length: 0, placeholder, ...initial }, how);
  }
  const options = catalogue.choices.map(asOption);
  return input(
    field,
    label,
    { type: 'multi_static_select', placeholder: plain('Choose expertise'), options, ...initial },
    how,
  );
}
