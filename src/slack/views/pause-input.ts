/** Choosing how long to be paused, the same in *My preferences* and in *Pause*: a day can be chosen once *Until a date* is. */
import type { InputBlock } from '@slack/types';
import type { Pause } from '../../domain/agent.ts';
import { plain, type Modal } from './blocks.ts';
import { input, readChoice, readDate, type SubmittedForm } from './form.ts';

export type PauseLength = Exclude<Pause, 'keep' | 'none'>;

/** In the order in which they are offered. */
export const PAUSE_LENGTHS: readonly [PauseLength, string][] = [
  ['30m', '30 minutes'],
  ['2h', '2 hours'],
  ['morning', 'Until tomorrow 08:00 my time'],
  ['date', 'Until a date'],
];

/** The field and its action: choosing in it is told at once. */
export const PAUSE = 'pause';
const PAUSE_UNTIL = 'pause_until';

export const pauseInput = (label: string, element: InputBlock['element']): InputBlock => ({
  ...input(PAUSE, label, element),
  dispatch_action: true,
});

const dateInput = (): InputBlock =>
  input(
    PAUSE_UNTIL,
    'Until which day?',
    { type: 'datepicker', placeholder: plain('Choose a day') },
    { hint: 'The pause ends at 08:00 your time on that day.' },
  );

/** The form as it is, with the day to choose where a pause until a date was chosen. What was typed stays: the other blocks do. */
export function withPauseDate(form: Modal, chosen: string): Modal {
  const others = form.blocks.filter((block) => block.block_id !== PAUSE_UNTIL);
  if (chosen !== 'date') return { ...form, blocks: others };
  const at = others.findIndex((block) => block.block_id === PAUSE) + 1;
  return { ...form, blocks: [...others.slice(0, at), dateInput(), ...others.slice(at)] };
}

/** What was chosen: 'keep' and 'none' where the form offers them; '' for what it does not. */
export const readPauseChoice = (form: SubmittedForm): Pause | '' => {
  const chosen = readChoice(form, PAUSE);
  const known: readonly Pause[] = ['keep', 'none', ...PAUSE_LENGTHS.map(([value]) => value)];
  return known.find((value) => value === chosen) ?? '';
};

/** "2026-03-10"; '' while no day is chosen. */
export const readPauseDate = (form: SubmittedForm): string => readDate(form, PAUSE_UNTIL);
