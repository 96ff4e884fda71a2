import type { Step, StepInput } from '../protocol.ts';
import { isObject } from './find.ts';

/** What a person would enter for an input of a workflow step. */
export type StepEntry = string | string[] | number | boolean;

type Offered = { words: string; value: string };

/** What only the running workspace knows. */
type Lookup = {
  person: (handle: string) => Promise<string>;
  channel: (name: string) => Promise<string>;
  offered: (step: Step, input: StepInput, query: string) => Promise<Offered[]>;
};

export function findStep(steps: Step[], title: string): Step {
  const found = steps.find((step) => step.title === title || step.callbackId === title);
  if (found !== undefined) return found;
  throw new Error(`no step “${title}”; there is ${steps.map((step) => `“${step.title}”`).join(', ') || 'none'}`);
}

export function findInput(step: Step, name: string): StepInput {
  const found = step.inputs.find((input) => input.title === name || input.name === name);
  if (found === undefined) throw new Error(`“${step.title}” has no input “${name}”`);
  return found;
}

/** The inputs of a step with these entries, as Slack hands them over. */
export async function stepInputs(
  step: Step,
  entries: Record<string, StepEntry>,
  lookup: Lookup,
): Promise<Record<string, unknown>> {
  const inputs: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(entries)) {
    const input = findInput(step, name);
    inputs[input.name] = await valueOf(step, input, entry, lookup);
  }
  return inputs;
}

async function valueOf(step: Step, input: StepInput, entry: StepEntry, lookup: Lookup): Promise<unknown> {
  if (input.offered) return offeredValue(step, input, entry, lookup);
  if (typeof entry === 'string' && input.type.endsWith('/channel_id')) return lookup.channel(entry);
  if (typeof entry === 'string' && input.type.endsWith('/user_id')) return lookup.person(entry.replace('@', ''));
  return entry;
}

async function offeredValue(step: Step, input: StepInput, entry: StepEntry, lookup: Lookup): Promise<unknown> {
  const names = Array.isArray(entry) ? entry : [String(entry)];
  const values = [];
  for (const name of names) {
    const offered = await lookup.offered(step, input, name);
    const found = offered.find(({ words }) => words === name);
    if (found === undefined) {
      throw new Error(`no option “${name}”; there is ${offered.map(({ words }) => `“${words}”`).join(', ') || 'none'}`);
    }
    values.push(found.value);
  }
  return input.type === 'array' ? values : values[0];
}

/** The options in the answer of a provider. */
export function offeredBy(answer: Record<string, unknown>): Offered[] {
  const options = Array.isArray(answer['options']) ? answer['options'].filter(isObject) : [];
  return options.map(({ text, value }) => ({
    words: isObject(text) ? String(text['text']) : '',
    value: String(value),
  }));
}
