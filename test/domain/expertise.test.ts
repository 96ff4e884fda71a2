import { describe, expect, it } from '@jest/globals';
import { checkDescription, checkExpertiseName } from '../../src/domain/expertise.ts';
import { checkAnswerMinutes, checkDeskName } from '../../src/domain/desk.ts';

describe('a name', () => {
  it.each([checkExpertiseName, checkDeskName])('is tidied and kept up to sixty characters', (check) => {
    expect(check(' Billing \u00a0 team\n')).toBe('Billing team');
    expect(check('é'.repeat(60))).toBe('é'.repeat(60));
    expect(check('🧾'.repeat(60))).toBe('🧾'.repeat(60));
  });

  it.each([checkExpertiseName, checkDeskName])(
    'is refused in words when nothing is left or it is too long',
    (check) => {
      expect(() => check(' \t ')).toThrow(/needs a name/);
      expect(() => check('a'.repeat(61))).toThrow(/up to 60 characters long; this one has 61/);
    },
  );
});

describe('a description', () => {
  it('may be empty and ends at five hundred characters', () => {
    expect(checkDescription('  ')).toBe('');
    expect(checkDescription('x'.repeat(500))).toHaveLength(500);
    expect(() => checkDescription('x'.repeat(501))).toThrow(/up to 500/);
  });
});

describe('an answer time', () => {
  it.each([0, 5, 60])('may be %i minutes', (minutes) => expect(checkAnswerMinutes(minutes)).toBe(minutes));
  it.each([-1, 61, 2.5, Number.NaN])('may not be %d', (minutes) =>
    expect(() => checkAnswerMinutes(minutes)).toThrow(/from 0 to 60/),
  );
});
