import { isObject } from './json.ts';
import type { Parameter } from './manifest-functions.ts';
import type { State } from './state.ts';

/** Whether values fit the parameters of a step, in the words of an API answer. */

type Parameters = Record<string, Parameter>;

/** What is wrong with these values: something required is missing, of another type, or there is no such parameter. */
export function valueFaults(state: State, parameters: Parameters, values: Record<string, unknown>): string[] {
  const missing = Object.entries(parameters)
    .filter(([name, { is_required: required }]) => required === true && isAbsent(values[name]))
    .map(([name]) => `Missing required property: ${name} [json-pointer:/]`);
  const wrong = Object.entries(values)
    .filter(([, value]) => !isAbsent(value))
    .flatMap(([name, value]) => {
      const parameter = parameters[name];
      if (parameter === undefined) return [`Unknown property: ${name} [json-pointer:/${name}]`];
      return fits(state, parameter, value) ? [] : [`Expected type ${parameter.type} [json-pointer:/${name}]`];
    });
  return [...missing, ...wrong];
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

const isOption = (value: unknown): boolean =>
  isObject(value) &&
  isObject(value['text']) &&
  value['text']['type'] === 'plain_text' &&
  isText(value['text']['text']) &&
  isText(value['value']);
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const CHECKS: Record<Parameter['type'], (state: State, value: unknown) => boolean> = {
  string: (_state, value) => typeof value === 'string',
  number: (_state, value) => typeof value === 'number' && Number.isFinite(value),
  integer: (_state, value) => Number.isInteger(value),
  boolean: (_state, value) => typeof value === 'boolean',
  array: (_state, value) => Array.isArray(value),
  object: (_state, value) => isObject(value),
  'slack#/types/user_id': (state, value) => typeof value === 'string' && value in state.people,
  'slack#/types/channel_id': (state, value) => typeof value === 'string' && value in state.channels,
  'slack#/types/usergroup_id': (state, value) => state.userGroups.some((group) => group.id === value),
  'slack#/types/timestamp': (_state, value) => Number.isInteger(value),
  'slack#/types/date': (_state, value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
  'slack#/types/message_ts': (_state, value) => typeof value === 'string' && /^\d+\.\d{6}$/.test(value),
  'slack#/types/rich_text': (_state, value) => isObject(value) || Array.isArray(value),
  'slack#/types/user_context': (_state, value) => isObject(value),
  'slack#/types/options_select': (_state, value) => Array.isArray(value) && value.every(isOption),
};

function fits(state: State, { type, items }: Parameter, value: unknown): boolean {
  if (!CHECKS[type](state, value)) return false;
  return items?.type !== 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
}
