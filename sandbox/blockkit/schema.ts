/**
 * The vocabulary the Block Kit tables are written in: small checks that answer in the words of Slack's own server-side
 * validator (slackhq/hack-json-schema, src/Constraints) with a JSON pointer to the spot.
 */

/** One thing Slack would refuse: `message` in Slack's words, `pointer` a JSON pointer such as `/blocks/0/text/text`. */
export type Problem = { message: string; pointer: string };

/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home';

/** Where in the payload a check stands, and on which surface. */
export type Place = { pointer: string; surface: Surface };

/** Everything wrong with a value, outermost first; empty when Slack would take it. */
export type Check = (value: unknown, place: Place) => Problem[];

export type Json = Record<string, unknown>;

/** The place of a key or index inside the value at `place`. */
export function inside(place: Place, key: string | number): Place {
  return { ...place, pointer: `${place.pointer}/${key}` };
}

/** One problem at a place, or at a property of it. */
export function problem(message: string, place: Place, key?: string): Problem[] {
  return [{ message, pointer: key === undefined ? place.pointer : inside(place, key).pointer }];
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of what may not be an array at all; other items and values are dropped. */
export function objectsIn(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Slack counts Unicode code points, not UTF-16 units (hack-json-schema, StringBuilder.php: mb_strlen). */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** A string of `min` (one unless told) to `max` characters. */
export function string(limits: { min?: number; max?: number } = {}): Check {
  const { min = 1, max = Infinity } = limits;
  return (value, place) => {
    if (typeof value !== 'string') return problem('must provide a string', place);
    const length = characters(value);
    if (length > max) return problem(`must be less than ${max + 1} characters`, place);
    if (length < min) return problem(`must be more than ${min - 1} characters`, place);
    return [];
  };
}

export const boolean: Check = (value, place) => (typeof value === 'boolean' ? [] : problem('must be a boolean', place));

/** An integer from `min` to `max`, both allowed although Slack says "less than" and "greater than" (NumberMaximumConstraint.php). */
export function integer(min: number, max = Infinity): Check {
  return (value, place) => {
    if (!Number.isInteger(value)) return problem('must provide an integer', place);
    if (Number(value) > max) return problem(`must be less than ${max}`, place);
    if (Number(value) < min) return problem(`must be greater than ${min}`, place);
    return [];
  };
}

/** One of these strings. Not a string at all is said differently [seen live: a button whose `style` was null]. */
export function oneOf(...allowed: readonly string[]): Check {
  return (value, place) => {
    if (typeof value !== 'string') return problem('must provide a string', place);
    return allowed.includes(value) ? [] : problem('must be a valid enum value', place);
  };
}

/** A string that matches; the pattern is quoted as Slack quotes it. */
export function pattern(expression: RegExp): Check {
  return (value, place) => {
    if (typeof value !== 'string') return problem('must provide a string', place);
    if (expression.test(value)) return [];
    return problem(`input must match regex pattern: ${expression.source}`, place);
  };
}

/** An absolute address (any scheme, since buttons may open `slack://`) of at most `max` characters. */
export function url(max = 3000): Check {
  return (value, place) => {
    const wrong = string({ max })(value, place);
    if (wrong.length > 0 || /^[a-z][a-z0-9+.-]*:\S+$/i.test(String(value))) return wrong;
    return problem('input must be a valid: uri', place);
  };
}

/** A list of `min` to `max` items, each passing `item`. */
export function list(item: Check, limits: { min?: number; max?: number } = {}): Check {
  const { min = 0, max = Infinity } = limits;
  return (value, place) => {
    if (!Array.isArray(value)) return problem('must provide an array', place);
    if (value.length > max) return problem(`no more than ${max} items allowed`, place);
    if (value.length < min) return problem(`must provide at least ${min} items`, place);
    return value.flatMap((entry, index) => item(entry, inside(place, index)));
  };
}

/** A list in which nothing occurs twice. */
export function uniqueList(item: Check, limits: { min?: number; max?: number } = {}): Check {
  return all(list(item, limits), (value, place) => {
    const entries = Array.isArray(value) ? value.map((entry) => JSON.stringify(entry)) : [];
    return new Set(entries).size === entries.length ? [] : problem('Input contains duplicate items', place);
  });
}

/** The properties of an object: those it must have, those it may have, and rules over several of them. */
export type Properties = {
  required?: Record<string, Check>;
  optional?: Record<string, Check>;
  rules?: readonly ((value: Json, place: Place) => Problem[])[];
};

/** An object with these properties and no others. A property set to `undefined` is absent, as it is in JSON. */
export function object(properties: Properties): Check {
  const { required = {}, optional = {}, rules = [] } = properties;
  const known = { ...required, ...optional };
  return (value, place) => {
    if (!isObject(value)) return problem('must provide an object', place);
    const keys = Object.keys(value).filter((key) => value[key] !== undefined);
    const missing = Object.keys(required).filter((key) => !keys.includes(key));
    const extra = keys.filter((key) => !Object.hasOwn(known, key));
    return [
      ...missing.flatMap((key) => problem(`missing required field: ${key}`, place)),
      ...keys.flatMap((key) => (Object.hasOwn(known, key) ? (known[key]?.(value[key], inside(place, key)) ?? []) : [])),
      ...extra.flatMap((key) => problem(`invalid additional property: ${key}`, place)),
      ...rules.flatMap((rule) => rule(value, place)),
    ];
  };
}

/** Checks by the `type` of an object, or a function that answers undefined where Slack knows no such type. */
type Types = Record<string, Check> | ((type: string, place: Place) => Check | undefined);

/** An object whose `type` says which check it must pass. */
export function byType(types: Types): Check {
  const find = typeof types === 'function' ? types : (type: string) => entryOf(types, type);
  return (value, place) => {
    if (!isObject(value)) return problem('must provide an object', place);
    const type = value['type'];
    if (type === undefined) return problem('missing required field: type', place);
    if (typeof type !== 'string') return problem('must provide a string', place, 'type');
    const check = find(type, place);
    return check ? check(value, place) : problem(`unsupported type: ${type}`, place, 'type');
  };
}

/** A table's own entry: `constructor` and its like are not types. */
export function entryOf<Entry>(table: Record<string, Entry>, key: string): Entry | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Every check in turn; all their problems. */
export function all(...checks: readonly Check[]): Check {
  return (value, place) => checks.flatMap((check) => check(value, place));
}

/** Passes whatever it is given; for `type`, which `byType` has already looked at. */
export const anything: Check = () => [];
