/** The rules in a desk's form: whom it falls back to, when threads open again and when conversations close themselves. */
import type { KnownBlock } from '@slack/types';
import { changed, type Change } from '../../domain/change.ts';
import { DESK_DAYS } from '../../domain/desk.ts';
import type { DeskForm } from '../../services/desk/list.ts';
import { plain } from './blocks.ts';
import { input, readPerson, readPersonChange, readText, readTextChange, type SubmittedForm } from './form.ts';

type Rules = Pick<NonNullable<DeskForm['desk']>, 'fallbackId' | 'reopenDays' | 'quietDays'>;

const UNSET: Rules = { fallbackId: '', reopenDays: DESK_DAYS.initial, quietDays: DESK_DAYS.initial };

const daysInput = (field: string, label: string, days: number, hint: string): KnownBlock =>
  input(
    field,
    label,
    {
      type: 'number_input',
      is_decimal_allowed: false,
      min_value: String(DESK_DAYS.min),
      max_value: String(DESK_DAYS.max),
      initial_value: String(days),
    },
    { hint },
  );

export function ruleInputs({ fallbackId, reopenDays, quietDays }: Rules = UNSET): KnownBlock[] {
  return [
    input(
      'fallback',
      'Fallback',
      {
        type: 'users_select',
        placeholder: plain('Choose a person'),
        // A user group is mentioned like a person, but no control of Slack's can show it.
        ...(fallbackId.startsWith('S') || fallbackId === '' ? {} : { initial_user: fallbackId }),
      },
      { optional: true, hint: 'Who is called, once, when three rounds of calls brought nobody.' },
    ),
    daysInput(
      'reopen_days',
      'Days a closed thread can open again',
      reopenDays,
      'When its customer writes there within this time it goes on with its last agent. 0 means never.',
    ),
    daysInput(
      'quiet_days',
      'Days until a quiet conversation closes itself',
      quietDays,
      'Quiet: nobody wrote, came in or asked for help. The customer is told nothing. 0 means never.',
    ),
  ];
}

export const wholeNumber = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN);

export function readNumberChange(form: SubmittedForm, field: string): Change<number> | undefined {
  const change = readTextChange(form, field);
  return change && changed(wholeNumber(change.from), wholeNumber(change.to));
}

export const readRules = (form: SubmittedForm): Rules => ({
  fallbackId: readPerson(form, 'fallback'),
  reopenDays: wholeNumber(readText(form, 'reopen_days')),
  quietDays: wholeNumber(readText(form, 'quiet_days')),
});

export const readRuleChanges = (form: SubmittedForm) => ({
  fallbackId: readPersonChange(form, 'fallback'),
  reopenDays: readNumberChange(form, 'reopen_days'),
  quietDays: readNumberChange(form, 'quiet_days'),
});
