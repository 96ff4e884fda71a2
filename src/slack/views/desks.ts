/** Desks: the list and the form of one. */
import type { KnownBlock } from '@slack/types';
import { ANSWER_MINUTES } from '../../domain/desk.ts';
import { counted, listed } from '../../domain/wording.ts';
import type { DeskChange, DeskField, EditedDesk } from '../../services/desk/edit.ts';
import type { DeskForm, ListedDesk } from '../../services/desk/list.ts';
import type { NewDesk } from '../../services/desk/new.ts';
import { ids as archivedDesks } from './archived-desks.ts';
import { ids as awayEmoji } from './away-emoji.ts';
import { actions, button, channelLink, context, modal, plain, safeName, section, type Modal } from './blocks.ts';
import { readSelection, readSelectionChanges, selectionInputs } from './desk-selection.ts';
import { readNumberChange, readRuleChanges, readRules, ruleInputs, wholeNumber } from './desk-rules.ts';
import {
  input,
  peopleInput,
  readConversation,
  readConversationChange,
  readPeople,
  readPeopleChange,
  readRow,
  readText,
  readTextChange,
  savedModal,
  TYPED_NAME_MAX,
  type RowRef,
  type SubmittedForm,
} from './form.ts';
import { ids as channels } from './support-channels.ts';

export const ids = {
  /** A button anywhere that opens the list. */
  open: 'desks.open',
  add: 'desks.new',
  /** A button that opens the form of the desk whose id is its value. */
  edit: 'desks.edit',
  form: 'desks.form',
  makeDefault: 'desks.default',
  archive: 'desks.archive',
} as const;

/** Of the hundred blocks a view may have, the rest is for what stands around the list. */
const DESKS_SHOWN_MAX = 95;

function deskSection({ id, name, isDefault, helpChannelId, agents, answerMinutes }: ListedDesk): KnownBlock {
  const help = helpChannelId === '' ? 'no help channel yet' : `help in ${channelLink(helpChannelId)}`;
  const answer = answerMinutes === 0 ? 'no answer time' : `answer time ${counted(answerMinutes, 'minute')}`;
  const facts = [help, counted(agents, 'agent'), answer].join(' · ');
  return section(
    `*${safeName(name)}*${isDefault ? ' (default)' : ''}\n${facts}`,
    button(ids.edit, 'Edit', { value: id, label: `Edit ${name}` }),
  );
}

/** @param archived how many are put away */
export function desksModal(desks: readonly ListedDesk[], archived = 0): Modal {
  const left = desks.length - DESKS_SHOWN_MAX;
  const more = archived === 0 ? [] : [button(archivedDesks.open, `Archived desks (${archived.toLocaleString('en')})`)];
  return modal('Desks', [
    context('A desk is a team that answers conversations. Requests for help are posted in its help channel.'),
    ...desks.slice(0, DESKS_SHOWN_MAX).map(deskSection),
    ...(left > 0 ? [context(`${counted(left, 'more', 'more')}.`)] : []),
    actions(
      button(ids.add, 'New desk', { style: 'primary' }),
      button(channels.open, 'Support channels'),
      button(awayEmoji.open, 'Out-of-office emoji'),
      ...more,
    ),
  ]);
}

function agentInputs({ agents, agentCount }: DeskForm): KnownBlock[] {
  if (agents !== undefined) {
    const hint = 'Who answers conversations here. Full members only; it makes them agents.';
    return [peopleInput('agents', 'Agents', agents, hint)];
  }
  return [
    section(`*${counted(agentCount, 'agent is', 'agents are')}* on this desk, too many to show here.`),
    peopleInput('add', 'Add agents', []),
    peopleInput('remove', 'Remove agents', []),
  ];
}

const helpChannelInput = (channelId: string): KnownBlock =>
  input(
    'help_channel',
    'Help channel',
    {
      type: 'conversations_select',
      placeholder: plain('Choose a channel'),
      filter: { include: ['public', 'private'], exclude_external_shared_channels: true, exclude_bot_users: true },
      ...(channelId !== '' && { initial_conversation: channelId }),
    },
    {
      optional: true,
      hint: 'Requests for help are posted and experts are called here. An internal channel, without guests, that Beckon is in (/invite @Beckon).',
    },
  );

const answerTimeInput = (minutes: number): KnownBlock =>
  input(
    'answer_minutes',
    'Answer time in minutes',
    {
      type: 'number_input',
      is_decimal_allowed: false,
      min_value: String(ANSWER_MINUTES.min),
      max_value: String(ANSWER_MINUTES.max),
      initial_value: String(minutes),
    },
    { hint: 'When nobody answers for that long, the next are called. 0 turns it off.' },
  );

/** Whether it is the default desk, and what can be done about its standing. */
function standing({ id, name, isDefault }: NonNullable<DeskForm['desk']>): KnownBlock[] {
  if (isDefault) {
    return [
      context(
        'This is the default desk: conversations that belong to no other come here. Make another one the default to archive it.',
      ),
    ];
  }
  const confirm = {
    title: plain('Make it the default?'),
    text: plain('Conversations that belong to no desk will come here. What else you changed in this form is kept.'),
    confirm: plain('Make default'),
    deny: plain('Cancel'),
  };
  return [
    actions(
      button(ids.makeDefault, 'Make default', { value: id, label: `Make ${name} the default desk`, confirm }),
      button(ids.archive, 'Archive…', { value: id, style: 'danger', label: `Archive ${name}` }),
    ),
  ];
}

export function deskModal(form: DeskForm): Modal {
  const { desk } = form;
  return modal(
    desk ? 'Edit desk' : 'New desk',
    [
      input('name', 'Name', {
        type: 'plain_text_input',
        max_length: TYPED_NAME_MAX,
        placeholder: plain('For example: Billing team'),
        ...(desk && { initial_value: desk.name }),
      }),
      helpChannelInput(desk?.helpChannelId ?? ''),
      ...agentInputs(form),
      answerTimeInput(form.answerMinutes),
      ...ruleInputs(desk),
      ...selectionInputs(desk),
      ...(desk ? standing(desk) : []),
    ],
    {
      callbackId: ids.form,
      submit: 'Save',
      close: 'Cancel',
      ...(desk && { metadata: { id: desk.id, version: desk.version } satisfies RowRef }),
    },
  );
}

/** What was typed: everything for a new desk, the changes for one that is there. */
export function readDesk(form: SubmittedForm): { added: NewDesk } | { changed: DeskChange } {
  const row = readRow(form);
  if (row === undefined) {
    return {
      added: {
        name: readText(form, 'name'),
        helpChannelId: readConversation(form, 'help_channel'),
        agents: readPeople(form, 'agents') ?? [],
        answerMinutes: wholeNumber(readText(form, 'answer_minutes')),
        ...readRules(form),
        ...readSelection(form),
      },
    };
  }
  const agents = readPeopleChange(form, 'agents');
  return {
    changed: {
      deskId: row.id,
      version: row.version,
      name: readTextChange(form, 'name'),
      helpChannelId: readConversationChange(form, 'help_channel'),
      answerMinutes: readNumberChange(form, 'answer_minutes'),
      ...readRuleChanges(form),
      ...readSelectionChanges(form),
      agents: agents.set,
      shown: agents.shown,
    },
  };
}

const FIELD_NAMES: Record<DeskField, string> = {
  name: 'name',
  helpChannelId: 'help channel',
  answerMinutes: 'answer time',
  fallbackId: 'fallback',
  reopenDays: 'days a closed thread can open again',
  quietDays: 'days until a quiet conversation closes itself',
  selectionOrder: 'order in which people are chosen',
  capacity: 'conversations at once',
  noHuddles: 'huddles',
  forwardsNew: 'conversations that customers begin',
  sentence: 'sentence for customers',
};

/** What others changed while the form was open; undefined where there is nothing to say. */
export function editedDeskModal({ desk, stayed, changedMeanwhile }: EditedDesk): Modal | undefined {
  if (!changedMeanwhile && stayed.length === 0) return undefined;
  const kept = listed(stayed.map((field) => FIELD_NAMES[field]));
  return savedModal(
    'Edit desk',
    [
      `Somebody else changed the desk *${safeName(desk.name)}* while you had it open.`,
      ...(kept === '' ? [] : [`You both changed the ${kept}: theirs stays as it is.`]),
    ],
    { actionId: ids.edit, value: desk.id },
  );
}
