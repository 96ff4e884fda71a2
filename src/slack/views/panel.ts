/** The information panel of a conversation. */
import type { KnownBlock, RadioButtons } from '@slack/types';
import { NOTE_MAX, OUTCOME_NAMES, STATUS_NAMES, type Status } from '../../domain/conversation.ts';
import { shorten } from '../../domain/name.ts';
import { noteMark } from '../../domain/note.ts';
import type { Panel } from '../../services/conversation/panel.ts';
import type { PanelChange, SavedPanel } from '../../services/conversation/save-panel.ts';
import {
  actions,
  ago,
  button,
  clockTime,
  context,
  divider,
  mention,
  modal,
  placeLink,
  plain,
  quote,
  safeName,
  section,
  withAlert,
  type Modal,
} from './blocks.ts';
import { customersInputs, readCustomers } from './customers-input.ts';
import { deskInput } from './desk-question.ts';
import { expertiseInput } from './expertise-input.ts';
import {
  input,
  option,
  readChoiceSet,
  readChoiceChange,
  readMetadata,
  readText,
  savedModal,
  type RowRef,
  type SubmittedForm,
} from './form.ts';
import { ids as forward } from './forward.ts';
import { ids as card, names } from './help-card.ts';
import { languageName } from '../../domain/languages.ts';
import { ids as transcript } from './transcript.ts';
import { ids as invite } from './invite.ts';
import { peopleBlocks } from './panel-people.ts';
import { spoken } from './spoken.ts';
import { ids as why } from './why.ts';

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

/** Where it is, with whom, at which desk: of an open one the form says customers and desk below. */
/** What a bot says of its visitor. */
function visitorOf(panel: Panel): KnownBlock[] {
  const { visitor } = panel;
  if (visitor === undefined) return [];
  const { name, language, country, reference, hasTranscript } = visitor;
  const facts = [
    `:bust_in_silhouette: ${name === '' ? 'A visitor' : names([name])}, by a bot`,
    ...(language === '' ? [] : [languageName(language)]),
    ...(country === '' ? [] : [country]),
    ...(reference === '' ? [] : [`reference ${safeName(reference)}`]),
  ];
  const label = aloud(panel, 'Transcript');
  const show = button(transcript.open, 'Transcript', { value: panel.conversationId, label });
  return [section(facts.join('  ·  '), hasTranscript ? show : undefined)];
}

function place(panel: Panel): KnownBlock[] {
  const who = panel.customers.map(({ name }) => name);
  const isForm = panel.status !== undefined;
  const facts = [
    ...(isForm && panel.desks.length > 1 ? [] : [`Desk ${safeName(panel.deskName)}`]),
    `opened ${ago(panel.openedAt)}`,
  ];
  return [
    section(`*${placeLink(panel)}*${who.length === 0 ? '' : `  with ${names(who)}`}`),
    context(facts.join('  ·  ')),
    ...visitorOf(panel),
  ];
}

const aloud = (panel: Panel, verb: string): string =>
  spoken(verb, { ...panel, customers: panel.customers.map(({ name }) => name) });

function joining(panel: Panel): KnownBlock[] {
  if (panel.request === undefined) return [];
  const { id, askedAt, askedBy, note } = panel.request;
  const text = `:sos: Looking for help, asked ${ago(askedAt)} by ${mention(askedBy)}`;
  const join = button(ids.join, 'Join', { value: id, style: 'primary', label: aloud(panel, 'Join') });
  return [panel.isIn ? section(text) : section(text, join), ...(note === '' ? [] : [quote(shorten(note, NOTE_SHOWN))])];
}

/** Whose turn it is, and when it goes on. */
function turnOf({ turn }: Panel): KnownBlock[] {
  if (turn === undefined) return [];
  const { userId, isArriving, since, until } = turn;
  if (isArriving) return [section(`:arrow_right: ${mention(userId)} is being added since ${clockTime(since)}.`)];
  const next = until === undefined ? '' : `; without an answer it goes to the next at ${clockTime(until)}`;
  return [section(`:arrow_right: ${mention(userId)} has had it since ${clockTime(since)}${next}.`)];
}

const whyButton = (panel: Panel) =>
  button(why.open, 'Why this agent?', { value: panel.conversationId, label: aloud(panel, 'Why this agent?') });

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

function buttons(panel: Panel): KnownBlock {
  const about = (verb: string) => ({ value: panel.conversationId, label: aloud(panel, verb) });
  const askText = panel.request === undefined ? 'Ask for help' : 'Ask again';
  return actions(
    button(invite.open, 'Invite people', about('Invite people')),
    button(forward.open, 'Forward', about('Forward')),
    button(ids.ask, askText, about(askText)),
    ...(panel.wasForwarded ? [whyButton(panel)] : []),
    ...(panel.isIn ? [button(ids.leave, 'Leave', about('Leave'))] : []),
    button(ids.close, 'Close conversation', {
      ...about('Close conversation'),
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
    return modal('Conversation', [
      ...place(panel),
      section(`:checkered_flag: This conversation was closed${closed}.${outcome}`),
      ...(panel.note === '' ? [] : [quote(shorten(panel.note, NOTE_SHOWN))]),
      ...peopleBlocks(panel),
      ...(panel.wasForwarded ? [actions(whyButton(panel))] : []),
    ]);
  }
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
  return modal(
    'Conversation',
    [
      ...place(panel),
      ...joining(panel),
      ...turnOf(panel),
      statusInput(panel.status),
      ...(expertise ? [expertise] : []),
      note,
      ...customersInputs(panel),
      ...deskChoice(panel),
      divider,
      ...peopleBlocks(panel),
      buttons(panel),
    ],
    {
      callbackId: ids.form,
      submit: 'Save',
      metadata: { id: panel.conversationId, version: panel.version, note: noteMark(panel.note) } satisfies Beside,
    },
  );
}

/** Beside the fields; `note` is the mark of the note somebody has before them, whatever the field showed at first. */
type Beside = RowRef & { readonly note: string };

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

/** Saved, but the desk is another than was chosen; undefined where there is nothing to say. */
export const savedPanelModal = ({ deskStayed, deskName }: SavedPanel, conversationId: string): Modal | undefined =>
  deskStayed
    ? savedModal(
        'Conversation',
        [`Somebody else gave it to the desk *${safeName(deskName)}* while you had it open. Theirs stays.`],
        { actionId: ids.open, value: conversationId },
      )
    : undefined;
