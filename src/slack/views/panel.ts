/** The information panel of a conversation. */
import type { KnownBlock } from '@slack/types';
import { OUTCOME_NAMES } from '../../domain/conversation.ts';
import { shorten } from '../../domain/name.ts';
import type { Panel } from '../../services/conversation/panel.ts';
import type { SavedPanel } from '../../services/conversation/save-panel.ts';
import {
  actions,
  ago,
  askerOf,
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
  type Modal,
} from './blocks.ts';
import { savedModal } from './form.ts';
import { ids as forward } from './forward.ts';
import { ids as card, names } from './help-card.ts';
import { languageName } from '../../domain/languages.ts';
import { ids as transcript } from './transcript.ts';
import { ids as invite } from './invite.ts';
import { besideOf, panelInputs } from './panel-form.ts';
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

/** Where it is, with whom, at which desk: of an open one the form says customers and desk below. */
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
  const { id, askedAt, note } = panel.request;
  const text = `:sos: Looking for help, asked ${ago(askedAt)} by ${askerOf(panel.request)}`;
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
  return modal(
    'Conversation',
    [
      ...place(panel),
      ...joining(panel),
      ...turnOf(panel),
      ...panelInputs(panel, panel.status),
      divider,
      ...peopleBlocks(panel),
      buttons(panel),
    ],
    { callbackId: ids.form, submit: 'Save', metadata: besideOf(panel) },
  );
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
