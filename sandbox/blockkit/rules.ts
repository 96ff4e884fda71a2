/** Rules over several properties of one element, which a table of single properties cannot say. */
import { inside, isObject, type Json, objectsIn, type Place, problem, type Problem, string } from './schema.ts';

/** A picture has an address or a file in Slack, exactly one of them. */
export function imageSource(image: Json, place: Place): Problem[] {
  const given = ['image_url', 'slack_file'].filter((key) => image[key] !== undefined);
  if (given.length === 0) return problem('missing required field: image_url', place);
  return given.length === 2 ? problem('failed to match exactly one allowed schema', place) : [];
}

/** A static select has a list or groups, exactly one of them. */
export function eitherOptionsOrGroups(element: Json, place: Place): Problem[] {
  const given = ['options', 'option_groups'].filter((key) => element[key] !== undefined);
  if (given.length === 0) return problem('missing required field: options', place);
  return given.length === 2 ? problem('failed to match exactly one allowed schema', place) : [];
}

/**
 * What is chosen at first must equal an option in every property. An empty list is refused in the same words, as a public
 * project saw live (`must be one of the provided options [json-pointer:…/initial_options]`).
 */
export function initialOptionsExist(element: Json, place: Place): Problem[] {
  const offered = new Set(offeredOptions(element).map(canonical));
  if (offered.size === 0) return [];
  const refused = 'must be one of the provided options';
  const one = element['initial_option'];
  if (isObject(one) && !offered.has(canonical(one))) return problem(refused, place, 'initial_option');
  const several = element['initial_options'];
  if (!Array.isArray(several)) return [];
  const unknown = several.length === 0 || several.some((option) => !offered.has(canonical(option)));
  return unknown ? problem(refused, place, 'initial_options') : [];
}

/** All options of a select, checkboxes or radio buttons, those in groups included. */
function offeredOptions(element: Json): Json[] {
  const grouped = objectsIn(element['option_groups']).flatMap((group) => objectsIn(group['options']));
  return [...objectsIn(element['options']), ...grouped];
}

/** One text for values that are equal as JSON, whatever the order of their keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

/** Not more chosen at first than `max_selected_items` lets people choose. */
export function noMoreThanSelectable(key: string) {
  return (element: Json, place: Place): Problem[] => {
    const most = element['max_selected_items'];
    const chosen = element[key];
    return typeof most === 'number' && Array.isArray(chosen) && chosen.length > most
      ? problem(`no more than ${most} items allowed`, place, key)
      : [];
  };
}

/** `min_length` ≤ `max_length`, and a first value no longer than allowed. */
export function lengthWithinBounds(element: Json, place: Place): Problem[] {
  const { min_length: min, max_length: max, initial_value: value } = element;
  if (typeof max !== 'number') return [];
  const crossed = typeof min === 'number' && min > max;
  return [
    ...(crossed ? problem(`must be less than ${max}`, place, 'min_length') : []),
    ...(typeof value === 'string' ? string({ min: 0, max })(value, inside(place, 'initial_value')) : []),
  ];
}

/** `min_value` ≤ `initial_value` ≤ `max_value`; all are strings that hold numbers. */
export function decimalWithinBounds(element: Json, place: Place): Problem[] {
  const read = (key: string) => (element[key] === undefined ? NaN : Number(element[key]));
  const [min, max, value] = [read('min_value'), read('max_value'), read('initial_value')];
  const whole = element['is_decimal_allowed'] === false && !Number.isNaN(value);
  return [
    ...(min > max ? problem(`must be less than ${max}`, place, 'min_value') : []),
    ...(value > max ? problem(`must be less than ${max}`, place, 'initial_value') : []),
    ...(value < min ? problem(`must be greater than ${min}`, place, 'initial_value') : []),
    ...(whole && !Number.isInteger(value) ? problem('must provide an integer', place, 'initial_value') : []),
  ];
}

/** `response_url_enabled` is known only to single selects in a modal's input blocks. */
export function responseUrlOnlyInModalInput(value: unknown, place: Place, holder: string): Problem[] {
  const asked = isObject(value) && value['response_url_enabled'] === true;
  const fits = holder === 'input' && place.surface === 'modal';
  return asked && !fits ? problem('invalid additional property: response_url_enabled', place) : [];
}
