import { randomBytes } from 'node:crypto';
import type { StepRun } from '../protocol.ts';
import { emit } from './events.ts';
import { isObject, type Json, textOf } from './json.ts';
import type { Parameter, StepFunction } from './manifest-functions.ts';
import { botEvents } from './manifest.ts';
import type { Slack } from './slack.ts';
import { nextId } from './state.ts';

/** Workflow runs of one step each: started at the page, ended by the app. */

/** As Slack hands it to a step: the token it may act with is good for so long, and no longer than the step runs. */
const TOKEN_MS = 15 * 60_000;
const REMEMBERED = 200;
const SHOWN = 20;

/** One execution of one of the app's functions. */
export type StoredRun = {
  id: string;
  callbackId: string;
  user: string;
  inputs: Json;
  token: string;
  startedAt: number;
  endedAt?: number;
  state: 'running' | 'completed' | 'failed';
  outputs: Json;
  error: string;
  /** it only provides the options of another step's input, and is nobody's workflow */
  provides: boolean;
};

export function findFunction(slack: Slack, callbackId: string): StepFunction | undefined {
  const { functions = {} } = slack.manifest;
  return Object.hasOwn(functions, callbackId) ? functions[callbackId] : undefined;
}

type Start = { callbackId: string; user: string; inputs: Json };

/** A run that has begun, and the event that tells the app; it is not sent yet. */
export function beginRun(slack: Slack, { callbackId, user, inputs }: Start, provides = false): StoredRun {
  const run: StoredRun = {
    id: nextId(slack.state, 'Fx'),
    callbackId,
    user,
    inputs,
    token: `xwfp-local-${randomBytes(12).toString('hex')}`,
    startedAt: slack.now(),
    state: 'running',
    outputs: {},
    error: '',
    provides,
  };
  slack.state.runs[run.id] = run;
  const ended = Object.values(slack.state.runs).filter((known) => known.state !== 'running');
  for (const old of ended.slice(0, Math.max(0, ended.length - REMEMBERED))) {
    Reflect.deleteProperty(slack.state.runs, old.id);
  }
  slack.changed();
  show(slack, run);
  return run;
}

const UNHEARD = 'The app is not subscribed to function_executed.';
const listens = (slack: Slack): boolean => botEvents(slack.manifest).includes('function_executed');

/**
 * Asks a function that provides options, and waits: Slack reads them when the app acknowledges the event, so one that completes later has
 * completed too late.
 */
export async function askProvider(slack: Slack, run: StoredRun, step: StepFunction): Promise<void> {
  if (listens(slack)) await slack.sendOnce(executed(slack, run, step));
  const error = listens(slack) ? 'there were no options when the app acknowledged' : UNHEARD;
  endRun(slack, run, { state: 'failed', error });
}

/** Tells the app; where it never subscribed to the event Slack has nobody to tell. */
export function sendRun(slack: Slack, run: StoredRun, step: StepFunction): void {
  if (listens(slack)) emit(slack, executed(slack, run, step));
  else endRun(slack, run, { state: 'failed', error: UNHEARD });
}

const described = (all: Record<string, Parameter>) =>
  Object.values(all).map(({ name, type, title, description, is_required: required }) => ({
    type,
    name,
    title: title ?? name,
    description: description ?? '',
    is_required: required === true,
  }));

/** What the app gets, with Slack's names. */
function executed(slack: Slack, run: StoredRun, step: StepFunction): Json & { type: string } {
  return {
    type: 'function_executed',
    function: {
      id: `Fn${run.callbackId}`,
      callback_id: run.callbackId,
      title: step.title,
      description: step.description,
      type: 'app',
      input_parameters: described(step.input_parameters),
      output_parameters: described(step.output_parameters),
      app_id: slack.state.app.id,
      date_created: 0,
      date_updated: 0,
      date_deleted: 0,
      form_enabled: false,
    },
    inputs: run.inputs,
    function_execution_id: run.id,
    workflow_execution_id: `Wx${run.id.slice(2)}`,
    bot_access_token: run.token,
  };
}

type End = { state: 'completed'; outputs: Json } | { state: 'failed'; error: string };

/** Ends a run that is running; whatever ends it first counts. */
export function endRun(slack: Slack, run: StoredRun, end: End): void {
  if (run.state !== 'running') return;
  Object.assign(run, end, { endedAt: slack.now() });
  slack.changed();
  show(slack, run);
}

/** The app never acknowledged the event of a run, however often it was sent. */
export function runUnheard(slack: Slack, envelope: Json): void {
  const { event } = envelope;
  const run = isObject(event) ? slack.state.runs[textOf(event['function_execution_id'])] : undefined;
  if (run) endRun(slack, run, { state: 'failed', error: 'The app did not respond.' });
}

export type TokenHolder = { run: StoredRun } | 'token_revoked' | 'token_expired' | undefined;

/** Whose token this is: that of a running step, or why it is good for nothing (any more). */
export function holderOf(slack: Slack, token: string): TokenHolder {
  if (!token.startsWith('xwfp-')) return undefined;
  const run = Object.values(slack.state.runs).find((known) => known.token === token);
  if (run === undefined) return undefined;
  if (run.state !== 'running') return 'token_revoked';
  return slack.now() - run.startedAt > TOKEN_MS ? 'token_expired' : { run };
}

function show(slack: Slack, run: StoredRun): void {
  if (!run.provides) slack.push({ type: 'runs', runs: showRuns(slack, run.user) }, [run.user]);
}

/** The runs somebody started, newest first. */
export function showRuns(slack: Slack, user: string): StepRun[] {
  return Object.values(slack.state.runs)
    .filter((run) => run.user === user && !run.provides)
    .slice(-SHOWN)
    .toReversed()
    .map(({ id, callbackId, inputs, startedAt, endedAt, state, outputs, error }) => ({
      id,
      callbackId,
      inputs,
      startedAt,
      ...(endedAt === undefined ? {} : { endedAt }),
      state,
      outputs,
      error,
    }));
}
