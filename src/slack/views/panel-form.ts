/** The form in the panel of an open conversation: its fields, what they are read as, and the note two people write at once. */
import type { KnownBlock, RadioButtons } from '@slack/types';
import { STATUS_NAMES, type Status } from '../../domain/conversation.ts';
import { NOTE_MAX, noteMark } from '../../domain/note.ts';
import type { Panel } from '../../services/conversation/panel.ts';
import type { PanelChange } from '../../services/conversation/save-panel.ts';
import { plain, withAlert, type Modal } from './blocks.ts';
import { customersInputs, readCustomers } from './customers-input.ts';
import { deskInput } from './desk-question.ts';
import { expertiseInput } from './expertise-input.ts';
import {
  input,
  option,
  readChoiceChange,
  readChoiceSet,
  readMetadata,
  readText,
  type RowRef,
  type SubmittedForm,
} from './form.ts';

const STATUSES: readonly Status[] = ['in_progress', 'waiting', 'looking_for_help'];

function statusInput(status: Status): KnownBlock {
  const options = STATUSES.map((each) => option(STATUS_NAMES[each], each));
  const element: RadioButtons = {
    type: 'radio_buttons',
    options,
    initial_option: option(STATUS_NAMES[status], status),
  };
  return input('status', 'Status', element, {
    hint: 'The customer is told nothing. Looking for help opens the form that asks what for.',
  });
}

/** The desk, where there is another one it could go to. */
function deskChoice({ desks, deskId, deskName }: Panel): KnownBlock[] {
  if (desks.length < 2) return [];
  // Its own first: of more desks than a list holds the rest is left out.
  const ordered = [{ id: deskId, name: deskName }, ...desks.filter(({ id }) => id !== deskId)];
  return [
    deskInput(ordered, {
      initial: deskId,
      hint: 'Who is in it stays in it. If it looks for help, the card and the calls go on at the new desk.',
    }),
  ];
}

/** All that can be changed of an open conversation. */
export function panelInputs(panel: Panel, status: Status): KnownBlock[] {
  const expertise = expertiseInput('expertise', 'Expertise', {
    catalogue: panel.catalogue,
    chosen: panel.expertise,
    hint: 'What this conversation is about. Who knows it is invited and called first.',
  });
  const note = input(
    'note',
    'Note',
    {
      type: 'plain_text_input',
      multiline: true,
      max_length: NOTE_MAX,
      placeholder: plain('What should a colleague know who comes in?'),
      ...(panel.note !== '' && { initial_value: panel.note }),
    },
    { optional: true, hint: 'Stays in this panel. Only your team reads it.' },
  );
  return [
    statusInput(status),
    ...(expertise ? [expertise] : []),
    note,
    ...customersInputs(panel),
    ...deskChoice(panel),
  ];
}

/** Beside the fields; `note` is the mark of the note somebody has before them, whatever the field showed at first. */
type Beside = RowRef & { readonly note: string };

/** What the form carries unseen. */
export const besideOf = ({ conversationId, version, note }: Panel): Beside => ({
  id: conversationId,
  version,
  note: noteMark(note),
});

const THEIR_NOTE = 'their_note';

/** The form with all that was typed in it, above the note the one that somebody else has saved: the next save builds on theirs. */
export function noteChangedModal(form: Modal, theirs: string): Modal {
  const beside = readMetadata<Beside>({ private_metadata: form.private_metadata ?? '' });
  const rest = form.blocks.filter((block) => block.block_id !== THEIR_NOTE);
  const at = rest.findIndex((block) => block.block_id === 'note');
  const shown: KnownBlock[] =
    theirs === '' ? [] : [{ type: 'section', block_id: THEIR_NOTE, text: { ...plain(theirs), emoji: false } }];
  const did =
    theirs === ''
      ? 'removed the note meanwhile. Save again to write yours.'
      : 'changed the note meanwhile; theirs stands above yours now. Put both together in yours, then save again.';
  return withAlert(
    {
      ...form,
      private_metadata: JSON.stringify({ ...beside, note: noteMark(theirs) } satisfies Beside),
      blocks: [...rest.slice(0, at), ...shown, ...rest.slice(at)],
    },
    `Nothing is saved yet: somebody else ${did}`,
  );
}

export type PanelForm = PanelChange & { askForHelp: boolean };

/** What this person changed. Choosing *Looking for help* is answered with its form. */
export function readPanel(form: SubmittedForm): PanelForm {
  const { id, version, note: was } = readMetadata<Beside>(form);
  const note = readText(form, 'note');
  const status = readChoiceChange(form, 'status')?.to;
  const desk = readChoiceChange(form, 'desk');
  const customers = readCustomers(form);
  const { add, remove } = readChoiceSet(form, 'expertise');
  return {
    conversationId: id,
    version,
    addExpertise: add,
    removeExpertise: remove,
    askForHelp: status === 'looking_for_help',
    ...(noteMark(note) !== was && { note: { was, is: note } }),
    ...(desk && { desk }),
    ...(customers && { customers }),
    ...((status === 'in_progress' || status === 'waiting') && { status }),
  };
}
