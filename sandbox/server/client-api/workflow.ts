import { z } from 'zod';
import type { Step } from '../../protocol.ts';
import type { Json } from '../json.ts';
import { isProvider, type Parameter, providerOf, type StepFunction } from '../manifest-functions.ts';
import { askProvider, beginRun, findFunction, sendRun } from '../runs.ts';
import type { Slack } from '../slack.ts';
import type { StoredPerson } from '../state.ts';
import { valueFaults } from '../step-values.ts';
import { type Door, isStaff, refuse } from './door.ts';

/** Workflow Builder, as far as trying a step needs it: fill its inputs in and run a workflow that is nothing but this step. */

const inputs = z.record(z.string(), z.unknown());

/** The steps somebody can put into a workflow: full members of the workspace only, as Slack lets nobody else build one. */
export function stepsFor(slack: Slack, me: StoredPerson): Step[] {
  if (!isStaff(me)) return [];
  return Object.entries(slack.manifest.functions ?? {})
    .filter(([, step]) => !isProvider(step))
    .map(([callbackId, { title, description, input_parameters: inputsOf, output_parameters: outputsOf }]) => ({
      callbackId,
      title,
      description,
      inputs: Object.values(inputsOf).map(shownInput),
      outputs: Object.values(outputsOf).map(({ name, title: label, type }) => ({ name, title: label ?? name, type })),
    }));
}

function shownInput(input: Parameter): Step['inputs'][number] {
  return {
    name: input.name,
    type: input.type,
    title: input.title ?? input.name,
    description: input.description ?? '',
    required: input.is_required === true,
    offered: providerOf(input) !== undefined,
  };
}

function stepOf(slack: Slack, me: StoredPerson, callbackId: string): StepFunction {
  const step = isStaff(me) ? findFunction(slack, callbackId) : undefined;
  return step === undefined || isProvider(step) ? refuse('This step is not available to you.') : step;
}

export const runStep: Door<'runStep'> = {
  body: z.object({ as: z.string(), callbackId: z.string(), inputs }),
  run: (slack, me, { callbackId, inputs: given }) => {
    const step = stepOf(slack, me, callbackId);
    const [fault] = valueFaults(slack.state, step.input_parameters, given);
    if (fault !== undefined) return refuse(`This step cannot run: ${fault.replace(/ \[json-pointer:.*/, '')}.`);
    const run = beginRun(slack, { callbackId, user: me.id, inputs: given });
    sendRun(slack, run, step);
    return { run: run.id };
  },
};

export const stepOptions: Door<'stepOptions'> = {
  body: z.object({ as: z.string(), callbackId: z.string(), input: z.string(), query: z.string(), inputs }),
  run: async (slack, me, body) => {
    const input = stepOf(slack, me, body.callbackId).input_parameters[body.input];
    const callbackId = input && providerOf(input);
    const step = callbackId === undefined ? undefined : findFunction(slack, callbackId);
    if (input === undefined || callbackId === undefined || step === undefined) {
      return refuse('This input has no list to choose from.');
    }
    const run = beginRun(slack, { callbackId, user: me.id, inputs: asked(me, input, body) }, true);
    await askProvider(slack, run, step);
    if (run.state === 'failed') return refuse(`Unable to load options: ${run.error}`);
    return { options: run.outputs['options'] };
  },
};

/** The provider's inputs, with the placeholders of `dynamic_options` filled in. */
function asked(me: StoredPerson, input: Parameter, { query, inputs: given }: { query: string; inputs: Json }): Json {
  const placeholders: Record<string, unknown> = {
    '{{client.query}}': query,
    '{{client.builder_context}}': { id: me.id, secret: '' },
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`{{input_parameters.${name}}}`, value])),
  };
  const wanted = Object.entries(input.dynamic_options?.inputs ?? {});
  return Object.fromEntries(
    wanted.flatMap(([name, { value }]) => {
      const isPlaceholder = typeof value === 'string' && value.startsWith('{{');
      const filled = isPlaceholder ? placeholders[value] : value;
      return filled === undefined ? [] : [[name, filled]];
    }),
  );
}
