/** *Pause* on Home. */
import { modal, section, type Modal } from './blocks.ts';
import { option, type SubmittedForm } from './form.ts';
import { PAUSE_LENGTHS, pauseInput, readPauseChoice, readPauseDate, type PauseLength } from './pause-input.ts';

export const ids = { open: 'pause.open', resume: 'pause.resume', form: 'pause.form' } as const;

export const pauseModal = (): Modal => {
  const options = PAUSE_LENGTHS.map(([value, text]) => option(text, value));
  const [first] = options;
  return modal(
    'Pause',
    [
      section(
        'While you are paused nobody calls you and no conversation is given to you. Those you are in stay yours.',
      ),
      pauseInput('For how long?', { type: 'radio_buttons', options, ...(first && { initial_option: first }) }),
    ],
    { callbackId: ids.form, submit: 'Pause', close: 'Cancel' },
  );
};

export function readPause(form: SubmittedForm): { how: PauseLength; date: string } {
  const chosen = readPauseChoice(form);
  const how = chosen === '' || chosen === 'keep' || chosen === 'none' ? '30m' : chosen;
  return { how, date: readPauseDate(form) };
}
