import { describe, expect, it } from '@jest/globals';
import { outcomeOf, STATUS_NAMES, statusNamed } from '../../src/domain/conversation.ts';

const wrote = { wrote: true };
const silent = { wrote: false };

describe('the outcome of a conversation', () => {
  it.each([
    ['no agent, when nobody ever came', [], 'no_agent'],
    ['never answered, when the only agent wrote nothing', [silent], 'never_answered'],
    ['success, when the only agent wrote', [wrote], 'success'],
    ['escalated, when there was more than one agent', [wrote, wrote], 'escalated'],
    ['escalated, even when none of several wrote', [silent, silent], 'escalated'],
  ] as const)('is %s', (_rule, agents, outcome) => {
    expect(outcomeOf(agents)).toBe(outcome);
  });
});

describe('a status that somebody types', () => {
  it.each([
    ['in progress', 'in_progress'],
    ['In  Progress ', 'in_progress'],
    ['in_progress', 'in_progress'],
    ['progress', 'in_progress'],
    ['waiting', 'waiting'],
    ['WAITING-FOR-CUSTOMER', 'waiting'],
    ['help', 'looking_for_help'],
    ['looking', 'looking_for_help'],
    ['Looking for help', 'looking_for_help'],
  ])('is understood as %j', (typed, status) => {
    expect(statusNamed(typed)).toBe(status);
  });

  it('is understood by the name it is shown under', () => {
    for (const [status, name] of Object.entries(STATUS_NAMES)) expect(statusNamed(name)).toBe(status);
  });

  it.each(['', ' ', 'closed', 'constructor', '__proto__', 'toString', 'has own property'])(
    'is not guessed from %j',
    (typed) => {
      expect(statusNamed(typed)).toBeUndefined();
    },
  );
});
