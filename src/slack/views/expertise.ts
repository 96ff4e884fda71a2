/** Expertise: the list, who has it, its form. */
import type { KnownBlock } from '@slack/types';
import type { Change, SetChange } from '../../domain/change.ts';
import { EXPERTISE_DESCRIPTION_MAX, type Expertise } from '../../domain/expertise.ts';
import { shorten } from '../../domain/name.ts';
import { counted, listed } from '../../domain/wording.ts';
import type { Edited } from '../../services/expertise/edit.ts';
import type { ExpertiseForm } from '../../services/expertise/form.ts';
import type { ExpertiseList, ListedExpertise } from '../../services/expertise/list.ts';
import { actions, button, context, escape, modal, plain, safeName, section, type Modal } from './blocks.ts';
import { ids as remove } from './expertise-delete.ts';
import { ids as merge } from './expertise-merge.ts';
import {
  input,
  paragraphs,
  peopleInput,
  readPeople,
  readPeopleChange,
  readMetadata,
  readText,
  readTextChange,
  savedModal,
  TYPED_NAME_MAX,
  type RowRef,
  type SubmittedForm,
} from './form.ts';

export const ids = {
  form: 'expertise.form',
  /** A button that opens the form of a new one. */
  add: 'expertise.new',
  /** A button that opens the form of the one whose id is its value. */
  edit: 'expertise.edit',
  /** A button that shows the whole list. */
  all: 'expertise.all',
  /** A search that opens the form of the one chosen. */
  pick: 'expertise.pick',
} as const;

function operatorInputs({ operators, operatorCount }: ExpertiseForm): KnownBlock[] {
  if (operators !== undefined) {
    const hint = 'The agents who have this expertise. Whoever is on no desk is put on the default desk.';
    return [peopleInput('operators', 'Operators', operators, hint)];
  }
  return [
    section(`*${counted(operatorCount, 'person has', 'people have')}* this expertise, too many to show here.`),
    peopleInput('add', 'Add operators', []),
    peopleInput('remove', 'Remove operators', []),
  ];
}

const nameInput = (name: string): KnownBlock =>
  input('name', 'Name', {
    type: 'plain_text_input',
    placeholder: plain('For example: Billing'),
    max_length: TYPED_NAME_MAX,
    ...(name !== '' && { initial_value: name }),
  });

function descriptionInput(description: string): KnownBlock {
  const element = {
    type: 'plain_text_input' as const,
    multiline: true,
    max_length: EXPERTISE_DESCRIPTION_MAX * 2,
    ...(description !== '' && { initial_value: description }),
  };
  const hint = 'What belongs to it, so that others choose the right one.';
  return input('description', 'Description', element, { optional: true, hint });
}

/** Both show first what they would do. */
const endButtons = ({ id, name }: Expertise) => [
  button(merge.open, 'Merge into another', { value: id, label: `Merge ${name} into another` }),
  button(remove.open, 'Delete', { value: id, label: `Delete ${name}` }),
];

/** @param answerAt the response_url of the command that opened it, '' where it was opened otherwise */
export function expertiseModal(form: ExpertiseForm, answerAt = ''): Modal {
  const { expertise } = form;
  return modal(
    expertise ? 'Edit expertise' : 'New expertise',
    [
      nameInput(shorten(form.name, Math.floor(TYPED_NAME_MAX / 2))),
      ...operatorInputs(form),
      descriptionInput(expertise?.description ?? ''),
      ...(expertise ? [actions(...endButtons(expertise))] : []),
    ],
    {
      callbackId: ids.form,
      submit: 'Save',
      close: 'Cancel',
      ...((expertise || answerAt !== '') && {
        metadata: {
          ...(expertise && { id: expertise.id, version: expertise.version }),
          ...(answerAt !== '' && { answerAt }),
        } satisfies Beside,
      }),
    },
  );
}

/** What stands beside the fields. */
type Beside = Partial<RowRef> & { readonly answerAt?: string };

const besideOf = (form: SubmittedForm): Beside => (form.private_metadata === '' ? {} : readMetadata<Beside>(form));

/** Where to say that it is saved, '' for nowhere. */
export const readAnswerAt = (form: SubmittedForm): string => besideOf(form).answerAt ?? '';

type NewForm = { row: undefined; name: string; description: string; operators: readonly string[] };
type EditForm = {
  row: RowRef;
  name: Change<string> | undefined;
  description: Change<string> | undefined;
  operators: SetChange;
  shown: readonly string[] | undefined;
};

/** What was typed: everything for a new one, the changes for one that is there. */
export function readExpertise(form: SubmittedForm): NewForm | EditForm {
  const { id, version } = besideOf(form);
  if (id === undefined || version === undefined) {
    return {
      row: undefined,
      name: readText(form, 'name'),
      description: readText(form, 'description'),
      operators: readPeople(form, 'operators') ?? [],
    };
  }
  const operators = readPeopleChange(form, 'operators');
  return {
    row: { id, version },
    name: readTextChange(form, 'name'),
    description: readTextChange(form, 'description'),
    operators: operators.set,
    shown: operators.shown,
  };
}

/** What others changed while the form was open; undefined where there is nothing to say. */
export function editedModal({ expertise, stayed, changedMeanwhile }: Edited): Modal | undefined {
  if (!changedMeanwhile && stayed.length === 0) return undefined;
  const kept = stayed.length === 0 ? [] : [`You both changed the ${listed(stayed)}: theirs stays as it is.`];
  return savedModal(
    'Edit expertise',
    [
      'Somebody else changed this expertise while you had it open.',
      ...kept,
      `It is now called *${safeName(expertise.name)}*${expertise.description === '' ? '.' : `: ${escape(expertise.description)}`}`,
    ],
    { actionId: ids.edit, value: expertise.id },
  );
}

const DESCRIPTION_SHOWN = 80;

/** One line, so that a description of several cannot look like other entries. */
const line = ({ name, description, holders }: ListedExpertise): string => {
  const about =
    description === '' ? '' : ` — ${escape(shorten(description.replaceAll(/\s+/g, ' '), DESCRIPTION_SHOWN))}`;
  return `*${safeName(name)}* · ${holders === 0 ? 'nobody yet' : counted(holders, 'person', 'people')}${about}`;
};

type Listed = { text: string; blocks: KnownBlock[] };

function noExpertise(mayEdit: boolean): Listed {
  const text = mayEdit
    ? 'There is no expertise yet. Add the first one: a name such as *Billing*, and the people who know about it.'
    : 'There is no expertise yet. Administrators add it with `/expertise new`.';
  return { text, blocks: [section(text), ...(mayEdit ? [actions(newButton)] : [])] };
}

const newButton = button(ids.add, 'New expertise', { style: 'primary' });

/** Slack takes about 13,000 characters of blocks in a message; half of it is a list somebody still reads. */
const MESSAGE_LIMITS = { blocksMax: 10, charactersMax: 4000 };
/** And 250,000 bytes in a view; a character may take four. */
const MODAL_LIMITS = { blocksMax: 90, charactersMax: 55_000 };

/** More than ever fit into a message: a line has fourteen characters at least. */
export const REPLY_ITEMS_MAX = 300;

export function listReply({ items, more, mayEdit }: ExpertiseList): Listed {
  if (items.length === 0) return noExpertise(mayEdit);
  const { blocks, left: cut } = paragraphs(items.map(line), MESSAGE_LIMITS);
  const left = cut + more;
  const buttons = [
    ...(left > 0 ? [button(ids.all, `Show all ${(items.length + more).toLocaleString('en')}`)] : []),
    ...(mayEdit ? [newButton] : []),
  ];
  return {
    text: `Expertise: ${shorten(items.map(({ name }) => escape(name)).join(', '), 1000)}`,
    blocks: [
      ...blocks,
      context(`${left > 0 ? `${counted(left, 'more', 'more')}. ` : ''}\`/expertise who\` and a name shows who has it.`),
      ...(buttons.length > 0 ? [actions(...buttons)] : []),
    ],
  };
}

const editSearch: KnownBlock = {
  type: 'actions',
  elements: [
    { type: 'external_select', action_id: ids.pick, placeholder: plain('Edit an expertise'), min_query_length: 0 },
    button(ids.add, 'New expertise'),
  ],
};

/** @param said what has just happened, on top */
export function listModal({ items, mayEdit }: ExpertiseList, said?: string): Modal {
  if (items.length === 0) return modal('Expertise', noExpertise(mayEdit).blocks);
  const news = said === undefined ? [] : [section(said)];
  const { blocks, left } = paragraphs(items.map(line), MODAL_LIMITS);
  const more =
    left === 0 ? [] : [context(`${counted(left, 'more', 'more')}. \`/expertise who\` and a name finds each.`)];
  return modal('Expertise', [...news, ...(mayEdit ? [editSearch] : []), ...blocks, ...more]);
}
