/** The information panel of a conversation. */
import type { KnownBlock, RadioButtons } from '@slack/types';
import { NOTE_MAX, OUTCOME_NAMES, STATUS_NAMES, type Status } from '../../domain/conversation.ts';
import { shorten } from '../../domain/name.ts';
import type { Panel } from '../../services/conversation/panel.ts';
import type { PanelChange } from '../../services/conversation/save-panel.ts';
import {
  actions,
  ago,
  button,
  placeLink,
  context,
  divider,
  mention,
  modal,
  plain,
  quote,
  safeName,
  section,
  type Modal,
} from './blocks.ts';
import { expertiseInput } from './expertise-input.ts';
import {
  input,
  option,
  readChoiceSet,
  readChoiceChange,
  readRow,
  readTextChange,
  type RowRef,
  type SubmittedForm,
} from './form.ts';
import { ids as card, names } from './help-card.ts';
import { ids as invite } from './invite.ts';

export const ids = {
  form: 'panel',
  open: card.panel,
  ask: 'panel.ask',
  close: 'panel.close',
  join: 'panel.join',
  leave: 'leave',
} as const;

/** Of a closed conversation, where it is only read: an escaped note may be five times as long. */
const NOTE_SHOWN = 500;

const STATUSES: readonly Status[] = ['in_progress', 'waiting', 'looking_for_help'];

function place(panel: Panel): KnownBlock[] {
  const customers = panel.customers.length === 0 ? '' : `  with ${names(panel.customers)}`;
  return [
    section(`*${placeLink(panel)}*${customers}`),
    context(`Desk ${safeName(panel.deskName)}  ·  opened ${ago(panel.openedAt)}`),
  ];
}

function joining(panel: Panel): KnownBlock[] {
  if (panel.request === undefined) return [];
  const { id, askedAt, askedBy, note } = panel.request;
  const text = `:sos: Looking for help since ${ago(askedAt)}, asked by ${mention(askedBy)}`;
  const join = button(ids.join, 'Join', { value: id, style: 'primary' });
  return [panel.isIn ? section(text) : section(text, join), ...(note === '' ? [] : [quote(shorten(note, NOTE_SHOWN))])];
}

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

function who(panel: Panel): KnownBlock[] {
  const lines = panel.agents.map((agent) => {
    const knows = agent.expertise.length === 0 ? '' : `  :mortar_board: ${names(agent.expertise)}`;
    return `${mention(agent.userId)}${agent.arriving ? ' _on the way in_' : ''}${knows}`;
  });
  return [section(`*In this conversation*\n${lines.length === 0 ? 'Nobody yet.' : lines.slice(0, 15).join('\n')}`)];
}

function buttons(panel: Panel): KnownBlock {
  return actions(
    button(invite.open, 'Invite people', { value: panel.conversationId }),
    button(ids.ask, 'Ask for help', { value: panel.conversationId }),
    ...(panel.isIn ? [button(ids.leave, 'Leave', { value: panel.conversationId })] : []),
    button(ids.close, 'Close conversation', {
      value: panel.conversationId,
      style: 'danger',
      confirm: {
        title: plain('Close this conversation?'),
        text: plain('Everybody in it is free at once. The customer is told nothing.'),
        confirm: plain('Close it'),
        deny: plain('Keep it open'),
      },
    }),
  );
}

/** Of an open conversation: a form. Of a closed one: that it is closed. */
export function panelModal(panel: Panel): Modal {
  if (panel.status === undefined) {
    const closed = panel.closedAt === undefined ? '' : ` ${ago(panel.closedAt)}`;
    const outcome = panel.outcome === undefined ? '' : `\n${OUTCOME_NAMES[panel.outcome]}`;
    return modal('Live chat', [
      ...place(panel),
      section(`:checkered_flag: This conversation was closed${closed}.${outcome}`),
      ...(panel.note === '' ? [] : [quote(shorten(panel.note, NOTE_SHOWN))]),
    ]);
  }
  const expertise = expertiseInput('expertise', 'Expertise', {
    catalogue: panel.catalogue,
    chosen: panel.expertise,
    hint: 'What this conversation is about.',
  });
  const note = input(
    'note',
    'Note',
    {
      type: 'plain_text_input',
      multiline: true,
      max_length: NOTE_MAX,
      ...(panel.note !== '' && { initial_value: panel.note }),
    },
    { optional: true, hint: 'Stays in this panel. Only your team reads it.' },
  );
  return modal(
    'Live chat',
    [
      ...place(panel),
      ...joining(panel),
      statusInput(panel.status),
      ...(expertise ? [expertise] : []),
      note,
      divider,
      ...who(panel),
      buttons(panel),
    ],
    {
      callbackId: ids.form,
      submit: 'Save',
      metadata: { id: panel.conversationId, version: panel.version } satisfies RowRef,
    },
  );
}

export type PanelForm = PanelChange & { askForHelp: boolean };

/** What this person changed. Choosing *Looking for help* is answered with its form. */
export function readPanel(form: SubmittedForm): PanelForm {
  const conversationId = readRow(form)?.id ?? '';
  const note = readTextChange(form, 'note');
  const status = readChoiceChange(form, 'status')?.to;
  const { add, remove } = readChoiceSet(form, 'expertise');
  return {
    conversationId,
    addExpertise: add,
    removeExpertise: remove,
    askForHelp: status === 'looking_for_help',
    ...(note && { note: { was: note.from, is: note.to } }),
    ...((status === 'in_progress' || status === 'waiting') && { status }),
  };
}
