import { describe, expect, it } from '@jest/globals';
import type { Filled } from '../../../../sandbox/client/workflow/step-values.ts';
import { missingInputs, runWords, shownValue, toInputs } from '../../../../sandbox/client/workflow/step-values.ts';
import type { StepInput, StepRun } from '../../../../sandbox/protocol.ts';

const input = (name: string, type: string, required = false): StepInput => ({
  name,
  type,
  title: name,
  description: '',
  required,
  offered: false,
});

const inputs = [
  input('channel', 'slack#/types/channel_id', true),
  input('areas', 'array'),
  input('note', 'string'),
  input('minutes', 'integer'),
  input('urgent', 'boolean'),
];

const row = (key: string) => ({ key, label: key });

describe('what is filled in for a step', () => {
  it('is handed over by type, and what was left empty is not', () => {
    const filled: Filled = { channel: [row('C1')], areas: [row('a'), row('b')], note: '', minutes: '5', urgent: true };
    expect(toInputs(inputs, filled)).toEqual({ channel: 'C1', areas: ['a', 'b'], minutes: 5, urgent: true });
  });

  it('must hold what is required', () => {
    expect(missingInputs(inputs, { channel: [] }).map(({ name }) => name)).toEqual(['channel']);
    expect(missingInputs(inputs, { channel: [row('C1')] })).toEqual([]);
  });
});

describe('a run', () => {
  const run: StepRun = {
    id: 'Fx1',
    callbackId: 'ask',
    inputs: {},
    startedAt: 0,
    state: 'running',
    outputs: {},
    error: '',
  };

  it('says how long it has taken', () => {
    expect(runWords(run, 5000)).toBe('Running for 5 s');
    expect(runWords({ ...run, state: 'completed', endedAt: 180_000 }, 999_000)).toBe('Finished after 3 min');
  });

  it('shows yes, no and values as they are', () => {
    expect([true, false, 4, 'word', ['a', 'b']].map((value) => shownValue(value, [], []))).toEqual([
      'Yes',
      'No',
      '4',
      'word',
      'a, b',
    ]);
  });
});
