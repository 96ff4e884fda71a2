/** *Pause* on Home. */
import type { Pause } from '../../domain/agent.ts';
import { modal, section, type Modal } from './blocks.ts';
import { input, option, readChoice, type SubmittedForm } from './form.ts';

export const ids = { open: 'pause.open', resume: 'pause.resume', form: 'pause.form' } as const;

type Length = Exclude<Pause, 'keep' | 'none'>;

const LENGTHS: Record<Length, string> = {
  '30m': '30 minutes',
  '2h': '2 hours',
  morning: 'Until tomorrow 08:00 my time',
};

export const pauseModal = (): Modal =>
  modal(
    'Pause',
    [
      section(
        'While you are paused nobody calls you and no conversation is given to you. Those you are in stay yours.',
      ),
      input('pause', 'For how long?', {
        type: 'radio_buttons',
        options: Object.entries(LENGTHS).map(([value, text]) => option(text, value)),
        initial_option: option(LENGTHS['30m'], '30m'),
      }),
    ],
    { callbackId: ids.form, submit: 'Pause', close: 'Cancel' },
  );

export function readPause(form: SubmittedForm): Length {
  const chosen = readChoice(form, 'pause');
  return chosen === '2h' || chosen === 'morning' ? chosen : '30m';
}
