/** The few shapes every view is made of. */
import type {
  ActionsBlock,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  KnownBlock,
  ModalView,
  PlainTextElement,
  SectionBlock,
  View,
} from '@slack/types';
import { shorten } from '../../domain/name.ts';
import { begunAt, type Place } from '../../domain/place.ts';

/** Slack's limits, in code points. https://docs.slack.dev/reference/block-kit/blocks */
export const SECTION_MAX = 3000;
const HEADER_MAX = 150;
const TITLE_MAX = 24;
export const OPTION_MAX = 75;
const BUTTON_MAX = 75;

/** Makes what people typed safe inside mrkdwn. https://docs.slack.dev/messaging/formatting-message-text */
export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A name inside mrkdwn: escaped, and without the characters that would end or begin bold, italics, strike or code. */
export const safeName = (name: string): string => escape(name).replace(/[*_~`]/g, (mark) => `\u200b${mark}\u200b`);

/** Nobody ('') is Beckon itself. */
export const mention = (userId: string): string => (userId === '' ? 'Beckon' : `<@${userId}>`);

/** Who asked for something: a person, else the bot or workflow by its name, else Beckon itself. */
export const askerOf = ({ askedBy, askedWith }: { readonly askedBy: string; readonly askedWith: string }): string =>
  askedBy === '' && askedWith !== '' ? safeName(askedWith) : mention(askedBy);

export const channelLink = (channelId: string): string => `<#${channelId}>`;

/** Day and time to the minute, as people tell it; lists number those that begin in the same one. */
const begun = (iso: string): string =>
  `<!date^${Math.floor(Date.parse(iso) / 60_000) * 60}^{date_short_pretty}, {time}|${iso.slice(0, 16).replace('T', ' ')} UTC>`;

/**
 * A place people can go to. Slack shows the name of a private channel to its members only, so others read the name it had when Beckon
 * last heard of it. A thread says when it was begun, for a customer may have several in one channel, and that there is nothing to go to
 * where its first message was deleted.
 */
export function placeLink(place: Place): string {
  const name = place.channelName === '' ? channelLink(place.channelId) : `#${safeName(place.channelName)}`;
  const linked = (text: string) => (place.link === '' ? text : `<${place.link}|${text}>`);
  const begunThen = begunAt(place.threadTs);
  if (place.threadTs !== '') {
    const thread = place.isRootGone === true ? `thread in ${name}` : linked(`thread in ${name}`);
    const lost = place.isRootGone === true ? ' whose first message was deleted' : '';
    return `${thread}${begunThen === undefined ? '' : ` (${begun(begunThen)})`}${lost}`;
  }
  return place.isPrivate && place.channelName !== ''
    ? `:lock: ${linked(safeName(place.channelName))}`
    : channelLink(place.channelId);
}

/** The same inside a sentence: "in the thread in #acme-support". */
export const thePlace = (place: Place): string => `${place.threadTs === '' ? '' : 'the '}${placeLink(place)}`;

/** Slack shows how long ago it was and keeps it current by itself. */
export const ago = (iso: string): string => {
  const seconds = Math.floor(Date.parse(iso) / 1000);
  return `<!date^${seconds}^{ago}|${iso.slice(0, 16).replace('T', ' ')} UTC>`;
};

/** The time of day in the reader's own zone. */
export const clockTime = (iso: string): string =>
  `<!date^${Math.floor(Date.parse(iso) / 1000)}^{time}|${iso.slice(11, 16)} UTC>`;

/** "today at 10:42" in the reader's own zone. */
export const dateTime = (iso: string): string =>
  `<!date^${Math.floor(Date.parse(iso) / 1000)}^{date_short_pretty} at {time}|${iso.slice(0, 16).replace('T', ' ')} UTC>`;

export const plain = (text: string): PlainTextElement => ({ type: 'plain_text', text, emoji: true });

export const section = (text: string, accessory?: Button): SectionBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: shorten(text, SECTION_MAX) },
  ...(accessory && { accessory }),
});

/** What somebody wrote, as a quotation: every line of it, escaped. */
export const quote = (text: string): SectionBlock => section(`>${escape(text).replaceAll('\n', '\n>')}`);

export const context = (text: string): ContextBlock => ({
  type: 'context',
  elements: [{ type: 'mrkdwn', text: shorten(text, SECTION_MAX) }],
});

export const header = (text: string): HeaderBlock => ({ type: 'header', text: plain(shorten(text, HEADER_MAX)) });

export const divider: DividerBlock = { type: 'divider' };

export const actions = (...elements: Button[]): ActionsBlock => ({ type: 'actions', elements });

export function button(
  actionId: string,
  text: string,
  options: { value?: string; style?: 'primary' | 'danger'; label?: string; confirm?: Button['confirm'] } = {},
): Button {
  const { value, style, label, confirm } = options;
  return {
    type: 'button',
    action_id: actionId,
    text: plain(shorten(text, BUTTON_MAX)),
    ...(value !== undefined && value !== '' && { value }),
    ...(style && { style }),
    ...(label !== undefined && { accessibility_label: shorten(label, BUTTON_MAX) }),
    ...(confirm && { confirm }),
  };
}

export type Modal = ModalView;

export function modal(
  title: string,
  blocks: KnownBlock[],
  options: { callbackId?: string; submit?: string; close?: string; metadata?: unknown } = {},
): Modal {
  return {
    type: 'modal',
    title: plain(shorten(title, TITLE_MAX)),
    close: plain(options.close ?? 'Close'),
    ...(options.submit !== undefined && { submit: plain(options.submit) }),
    ...(options.callbackId !== undefined && { callback_id: options.callbackId }),
    ...(options.metadata !== undefined && { private_metadata: JSON.stringify(options.metadata) }),
    blocks,
  };
}

/** A modal that says one thing: a refusal, an explanation, that something is being saved. */
export const messageModal = (title: string, text: string): Modal => modal(title, [section(text)]);

export const loadingModal = (title: string): Modal => modal(title, [section(':hourglass_flowing_sand: Loading…')]);

const ALERT_ID = 'alert';

/** The same view with a message above everything else, in place of an earlier one. Inputs keep what was typed: their ids stay. */
function withMessage<V extends View>(view: V, text: string): V {
  const rest = view.blocks.filter((block) => block.block_id !== ALERT_ID);
  return { ...view, blocks: [{ ...section(text), block_id: ALERT_ID }, ...rest] };
}

export const withAlert = <V extends View>(view: V, text: string): V => withMessage(view, `:warning: ${text}`);

/** Names the form of a view that is being saved: sent again, it must not be saved twice. */
export const SAVING = 'saving';

/** The form as it is, while it is being saved. It stays, so that nothing typed is lost should it be refused after all. */
export const savingModal = (form: Modal): Modal =>
  withMessage({ ...form, callback_id: SAVING }, ':hourglass_flowing_sand: Saving… You can wait here or close this.');
