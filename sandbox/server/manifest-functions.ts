import { z } from 'zod';

/** Workflow steps in a manifest (version 1), with what Slack refuses about them and what it would only fail on later. */

/** Types a parameter can have that the local Slack knows how to check. */
const TYPES = [
  'string',
  'number',
  'integer',
  'boolean',
  'array',
  'object',
  'slack#/types/user_id',
  'slack#/types/channel_id',
  'slack#/types/usergroup_id',
  'slack#/types/timestamp',
  'slack#/types/date',
  'slack#/types/message_ts',
  'slack#/types/rich_text',
  'slack#/types/user_context',
  'slack#/types/options_select',
] as const;

const REFERENCE = '#/functions/';

const parameter = z.object({
  name: z.string().min(1),
  type: z.enum(TYPES),
  items: z.object({ type: z.string() }).optional(),
  title: z.string().max(255).optional(),
  description: z.string().optional(),
  hint: z.string().optional(),
  is_required: z.boolean().optional(),
  dynamic_options: z
    .object({
      function: z.string().startsWith(REFERENCE),
      inputs: z.record(z.string(), z.object({ value: z.unknown() })),
    })
    .optional(),
});

const parameters = z
  .record(z.string(), parameter)
  .refine((all) => Object.keys(all).length <= 50, 'has over 50 parameters');

const stepFunction = z.object({
  title: z.string().min(1).max(255),
  description: z.string(),
  input_parameters: parameters,
  output_parameters: parameters,
});

export const functionsSchema = z.record(z.string().regex(/^\w[\w-]{0,99}$/), stepFunction);

export type Parameter = z.infer<typeof parameter>;
export type StepFunction = z.infer<typeof stepFunction>;

/** The callback id of the function that provides an input's options; undefined for an input that is simply filled in. */
export function providerOf(input: Parameter): string | undefined {
  return input.dynamic_options?.function.slice(REFERENCE.length);
}

/** Whether a function only provides options: Workflow Builder offers it to nobody as a step. */
export function isProvider(step: StepFunction): boolean {
  return step.output_parameters['options']?.type === 'slack#/types/options_select';
}

type Settings = { org_deploy_enabled?: boolean | undefined; function_runtime?: string | undefined } | undefined;

/** What Slack would hold against the steps of a manifest. */
export function functionFaults(functions: Record<string, StepFunction>, settings: Settings): string[] {
  const all = Object.entries(functions);
  if (all.length === 0) return [];
  return [
    ...(all.length > 50 ? ['functions: no more than 50'] : []),
    ...(settings?.function_runtime === 'remote'
      ? []
      : ['settings.function_runtime must be "remote" where there are functions']),
    ...(settings?.org_deploy_enabled === true
      ? []
      : ['settings.org_deploy_enabled must be on where there are functions']),
    ...all.flatMap(([id, { input_parameters: inputs, output_parameters: outputs }]) =>
      [...Object.entries(inputs), ...Object.entries(outputs)].flatMap(([key, given]) =>
        parameterFaults(functions, key, given).map((fault) => `functions.${id}.${key}: ${fault}`),
      ),
    ),
  ];
}

function parameterFaults(functions: Record<string, StepFunction>, key: string, given: Parameter): string[] {
  const faults = given.name === key ? [] : [`is named "${given.name}"`];
  const provider = providerOf(given);
  if (provider === undefined) return faults;
  const many = given.type === 'array' && given.items?.type === 'string';
  if (given.type !== 'string' && !many) faults.push('dynamic options need a string or an array of strings');
  const found = functions[provider];
  if (found === undefined) return [...faults, `there is no function "${provider}"`];
  if (!isProvider(found)) faults.push(`"${provider}" has no output "options" of type slack#/types/options_select`);
  const unknown = Object.keys(given.dynamic_options?.inputs ?? {}).filter((name) => !(name in found.input_parameters));
  return [...faults, ...unknown.map((name) => `"${provider}" has no input "${name}"`)];
}
