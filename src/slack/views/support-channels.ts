/** Support channels: the list and the form of one. */
import type { KnownBlock, RadioButtons } from '@slack/types';
import { MODE_NAMES, MODES, type Mode } from '../../domain/support-channel.ts';
import { listed } from '../../domain/wording.ts';
import type { NewChannel } from '../../services/support-channel/add.ts';
import type { ChannelChange, ChannelField, EditedChannel } from '../../services/support-channel/edit.ts';
import type { ChannelForm, ChannelList, ListedChannel } from '../../services/support-channel/list.ts';
import { actions, button, channelLink, context, modal, plain, safeName, section, type Modal } from './blocks.ts';
import { deskInput } from './desk-question.ts';
import {
  input,
  option,
  readChoice,
  readChoiceChange,
  readConversation,
  readRow,
  savedModal,
  type RowRef,
  type SubmittedForm,
} from './form.ts';

export const ids = {
  /** A button anywhere that opens the list. */
  open: 'support_channels.open',
  add: 'support_channels.new',
  /** A button that opens the form of the channel whose id is its value. */
  edit: 'support_channels.edit',
  remove: 'support_channels.remove',
  back: 'support_channels.back',
  next: 'support_channels.next',
  form: 'support_channels.form',
} as const;

const nameOf = ({ channelName }: Pick<ListedChannel, 'channelName'>): string =>
  channelName === '' ? 'this channel' : `#${channelName}`;

function channelSection(channel: ListedChannel): KnownBlock {
  const { channelId, deskName, mode } = channel;
  return section(
    `${channelLink(channelId)}\n${safeName(deskName)} · ${MODE_NAMES[mode].toLowerCase()}`,
    button(ids.edit, 'Edit', { value: channelId, label: `Edit ${nameOf(channel)}` }),
  );
}

const EMPTY =
  'There is none yet. Add the channels in which you help customers: each belongs to a desk, and a customer’s message can open the conversation by itself.';

/** Forty a page. */
export function channelsModal({ channels, page, more }: ChannelList): Modal {
  const back = page > 0 ? [button(ids.back, 'Back', { value: String(page - 1) })] : [];
  const next = more > 0 ? [button(ids.next, `Next (${more} more)`, { value: String(page + 1) })] : [];
  return modal('Support channels', [
    context('A support channel belongs to one desk, which answers the conversations in it.'),
    ...(channels.length === 0 ? [section(EMPTY)] : channels.map(channelSection)),
    actions(button(ids.add, 'Add channel', { style: 'primary' }), ...back, ...next),
  ]);
}

const MODE_HINTS: Record<Mode, string> = {
  by_hand: 'An agent opens it with /livechat open or the shortcut Live chat',
  conversation: 'A customer’s message opens the channel’s conversation',
  threads: 'A customer’s message opens one in its thread',
};

const modeOption = (mode: Mode) => ({
  ...option(MODE_NAMES[mode], mode),
  description: plain(MODE_HINTS[mode]),
});

function modeInput(mode: Mode): KnownBlock {
  const element: RadioButtons = {
    type: 'radio_buttons',
    options: MODES.map(modeOption),
    initial_option: modeOption(mode),
  };
  return input('mode', 'How conversations begin', element, {
    hint: 'Several messages of one person within five minutes are one question. The customer is told nothing.',
  });
}

const channelInput = (): KnownBlock =>
  input(
    'channel',
    'Channel',
    {
      type: 'conversations_select',
      placeholder: plain('Choose a channel'),
      filter: { include: ['public', 'private'], exclude_bot_users: true },
    },
    { hint: 'Where customers write. Beckon must be in it (/invite @Beckon).' },
  );

function removal(channelId: string, name: string): KnownBlock {
  return actions(
    button(ids.remove, 'Remove', {
      value: channelId,
      style: 'danger',
      label: `Remove ${name} from the support channels`,
      confirm: {
        title: plain('Remove this channel?'),
        text: plain('Conversations begin there by hand only. Those that are open stay open, and nothing is posted.'),
        confirm: plain('Remove it'),
        deny: plain('Keep it'),
      },
    }),
  );
}

export function channelModal({ channel, desks }: ChannelForm): Modal {
  return modal(
    channel ? 'Edit support channel' : 'Add support channel',
    [
      channel ? section(`*${channelLink(channel.channelId)}*`) : channelInput(),
      deskInput(desks, { initial: channel?.deskId ?? (desks.length === 1 ? desks[0]?.id : undefined) }),
      modeInput(channel?.mode ?? 'by_hand'),
      ...(channel ? [removal(channel.channelId, nameOf(channel))] : []),
    ],
    {
      callbackId: ids.form,
      submit: 'Save',
      close: 'Cancel',
      ...(channel && { metadata: { id: channel.channelId, version: channel.version } satisfies RowRef }),
    },
  );
}

const isMode = (value: string): value is Mode => MODES.some((mode) => mode === value);
const modeOf = (value: string): Mode => (isMode(value) ? value : 'by_hand');

/** What was chosen: everything for a new one, the changes for one that is there. */
export function readChannel(form: SubmittedForm): { added: NewChannel } | { changed: ChannelChange } {
  const row = readRow(form);
  if (row === undefined) {
    const mode = modeOf(readChoice(form, 'mode'));
    return { added: { channelId: readConversation(form, 'channel'), deskId: readChoice(form, 'desk'), mode } };
  }
  const mode = readChoiceChange(form, 'mode');
  return {
    changed: {
      channelId: row.id,
      version: row.version,
      deskId: readChoiceChange(form, 'desk'),
      mode: mode && { from: modeOf(mode.from), to: modeOf(mode.to) },
    },
  };
}

const FIELD_NAMES: Record<ChannelField, string> = { deskId: 'desk', mode: 'way conversations begin' };

/** What others changed while the form was open; undefined where there is nothing to say. */
export function editedChannelModal({ channelId, stayed, changedMeanwhile }: EditedChannel): Modal | undefined {
  if (!changedMeanwhile && stayed.length === 0) return undefined;
  const kept = listed(stayed.map((field) => FIELD_NAMES[field]));
  return savedModal(
    'Edit support channel',
    [
      `Somebody else changed ${channelLink(channelId)} while you had it open.`,
      ...(kept === '' ? [] : [`You both changed the ${kept}: theirs stays as it is.`]),
    ],
    { actionId: ids.edit, value: channelId },
  );
}

export const removedModal = (channelId: string): Modal =>
  modal('Support channels', [
    section(
      `:white_check_mark: ${channelLink(channelId)} is no support channel any more. Conversations open there stay open.`,
    ),
  ]);
