import type { Channel, Person, StepInput, StepRun } from '../../protocol.ts';
import type { Row } from '../blocks/select-model.ts';

/** What is filled in for a step, by input: chosen rows of a list, words of a field, or a tick. */
export type Filled = Record<string, Row[] | string | boolean>;

/** Inputs still to be filled in before the step can run. */
export function missingInputs(inputs: StepInput[], filled: Filled): StepInput[] {
  return inputs.filter((input) => input.required && isEmpty(filled[input.name]));
}

function isEmpty(given: Filled[string] | undefined): boolean {
  if (typeof given === 'boolean') return !given;
  return given === undefined || given.length === 0;
}

/** The values of a step's inputs as Slack hands them over; what was left empty is left out. */
export function toInputs(inputs: StepInput[], filled: Filled): Record<string, unknown> {
  return Object.fromEntries(
    inputs.flatMap((input) => {
      const given = filled[input.name];
      if (given === undefined || isEmpty(given)) return [];
      return [[input.name, valueOf(input, given)]];
    }),
  );
}

function valueOf({ type }: StepInput, given: Filled[string]): unknown {
  if (typeof given === 'boolean') return given;
  if (typeof given === 'string') return isNumber(type) ? Number(given) : given;
  const keys = given.map((row) => row.key);
  return type === 'array' ? keys : keys[0];
}

export function isNumber(type: string): boolean {
  return type === 'integer' || type === 'number';
}

/** One result of a run as it is read: people and channels by name. */
export function shownValue(value: unknown, people: Person[], channels: Channel[]): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return value.map((each) => shownValue(each, people, channels)).join(', ');
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : JSON.stringify(value);
  const person = people.find((each) => each.id === value);
  if (person) return person.displayName || person.realName;
  const channel = channels.find((each) => each.id === value);
  return channel ? `#${channel.name}` : value;
}

const words = { running: 'Running', completed: 'Finished', failed: 'Failed' } as const;

/** "Running for 3 min", "Finished after 12 s". */
export function runWords(run: StepRun, now: number): string {
  const seconds = Math.max(0, Math.round(((run.endedAt ?? now) - run.startedAt) / 1000));
  const length = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
  return `${words[run.state]} ${run.state === 'running' ? 'for' : 'after'} ${length}`;
}
