import { isObject } from '../json.ts';
import { endRun, findFunction, type StoredRun } from '../runs.ts';
import type { Slack } from '../slack.ts';
import { valueFaults } from '../step-values.ts';
import { jsonArgument, type Caller, type Methods, refuse, refuseArguments, text } from './method.ts';

/** A run the caller may end: the bot's token ends any of the app's, a step's own token only that step. */
function running(slack: Slack, id: string, caller: Caller): StoredRun {
  const run = slack.state.runs[id] ?? refuse('function_execution_not_found');
  if (caller.run !== undefined && caller.run !== run.id) refuse('access_denied');
  if (run.state !== 'running') refuse('execution_not_in_running_state');
  return run;
}

export const functions: Methods = {
  'functions.completeSuccess': {
    scopes: [],
    tier: 3,
    required: ['function_execution_id', 'outputs'],
    run: (slack, args, caller) => {
      const outputs = jsonArgument(args, 'outputs');
      if (!outputs.given || !isObject(outputs.value)) {
        return refuseArguments('must provide an object [json-pointer:/outputs]');
      }
      const run = running(slack, text(args, 'function_execution_id'), caller);
      const declared = findFunction(slack, run.callbackId)?.output_parameters ?? {};
      const faults = valueFaults(slack.state, declared, outputs.value);
      if (faults.length > 0) {
        refuse('parameter_validation_failed', {
          response_metadata: { messages: faults.map((fault) => `[ERROR] ${fault}`) },
        });
      }
      endRun(slack, run, { state: 'completed', outputs: outputs.value });
      return {};
    },
  },
  'functions.completeError': {
    scopes: [],
    tier: 3,
    required: ['function_execution_id', 'error'],
    run: (slack, args, caller) => {
      const run = running(slack, text(args, 'function_execution_id'), caller);
      endRun(slack, run, { state: 'failed', error: text(args, 'error') });
      return {};
    },
  },
};
