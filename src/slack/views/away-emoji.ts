/** Which status emoji mean out of office. */
import { readAwayEmoji } from '../../domain/away-emoji.ts';
import { changedSet, type SetChange } from '../../domain/change.ts';
import type { ChangedAwayEmoji } from '../../services/workspace/away-emoji.ts';
import { modal, plain, section, type Modal } from './blocks.ts';
import { input, readMetadata, readText, savedModal, type SubmittedForm } from './form.ts';

export const ids = { open: 'away_emoji.open', form: 'away_emoji.form' } as const;

export const TITLE = 'Out of office';

/** Twenty names of a hundred letters, and what separates them. */
const TYPED_MAX = 2500;

export const awayEmojiModal = (emoji: readonly string[]): Modal =>
  modal(
    TITLE,
    [
      section('Whoever has one of these as their status in Slack is not called and is given no conversation.'),
      input(
        'away_emoji',
        'Status emoji',
        {
          type: 'plain_text_input',
          max_length: TYPED_MAX,
          placeholder: plain('For example :palm_tree: :face_with_thermometer:'),
          ...(emoji.length > 0 && { initial_value: emoji.join(' ') }),
        },
        { optional: true, hint: 'Each by its name between colons. Leave it empty and no status means out of office.' },
      ),
    ],
    { callbackId: ids.form, submit: 'Save', close: 'Cancel', metadata: { shown: emoji } },
  );

/** @throws Refusal `invalid` on `away_emoji` */
export function readAwayEmojiChange(form: SubmittedForm): { change: SetChange; shown: readonly string[] } {
  const { shown } = readMetadata<{ shown: readonly string[] }>(form);
  return { shown, change: changedSet(shown, readAwayEmoji(readText(form, 'away_emoji'))) };
}

/** What others changed while the form was open; undefined where there is nothing to say. */
export function changedAwayEmojiModal({ emoji, changedMeanwhile }: ChangedAwayEmoji): Modal | undefined {
  if (!changedMeanwhile) return undefined;
  const now = emoji.length === 0 ? 'There are none now.' : `They are now: ${emoji.join(' ')}`;
  return savedModal(TITLE, ['Somebody else changed these while you had them open; their change stays.', now], {
    actionId: ids.open,
    value: '',
  });
}
