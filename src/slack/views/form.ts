/** Inputs of a form, and reading them back. An input's block id is its field's name, which is what refusals name. */
import type { InputBlock, KnownBlock, Option, PlainTextOption } from '@slack/types';
import { changed, changedSet, type Change, type SetChange } from '../../domain/change.ts';
import { shorten } from '../../domain/name.ts';
import { actions, button, modal, OPTION_MAX, plain, section, SECTION_MAX, type Modal } from './blocks.ts';

/** Slack's limit for labels and hints of inputs. https://docs.slack.dev/reference/block-kit/blocks/input-block */
const LABEL_MAX = 2000;

/** Typed names may be longer than kept ones: spaces are dropped, and too long ones are refused in words. UTF-16 units. */
export const TYPED_NAME_MAX = 255;

export const option = (text: string, value: string): PlainTextOption => ({
  text: plain(shorten(text, OPTION_MAX)),
  value,
});

export function input(
  field: string,
  label: string,
  element: InputBlock['element'],
  { optional = false, hint, actionId = field }: { optional?: boolean; hint?: string; actionId?: string } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: field,
    label: plain(shorten(label, LABEL_MAX)),
    element: { ...element, action_id: actionId },
    optional,
    ...(hint !== undefined && { hint: plain(shorten(hint, LABEL_MAX)) }),
  };
}

/** People to pick; those in `userIds` are picked already. */
export const peopleInput = (field: string, label: string, userIds: readonly string[], hint?: string): InputBlock =>
  input(
    field,
    label,
    {
      type: 'multi_users_select',
      placeholder: plain('Choose people'),
      ...(userIds.length > 0 && { initial_users: [...userIds] }),
    },
    { optional: true, ...(hint !== undefined && { hint }) },
  );

type Chosen = { readonly value: string; readonly text?: { readonly text: string } };

type Value = {
  readonly value?: string | null;
  readonly selected_option?: Chosen | null;
  readonly selected_options?: readonly Chosen[];
  readonly selected_user?: string | null;
  readonly selected_users?: readonly string[];
  readonly selected_conversation?: string | null;
  readonly selected_date?: string | null;
};

/** A submitted view, as far as its form goes. Its blocks are the ones the form was shown with. */
export type SubmittedForm = {
  readonly blocks: readonly object[];
  readonly private_metadata: string;
  readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, Value>>>> };
};

/** What an input showed at first; Slack sends the blocks back as they were. */
type Shown = {
  readonly block_id?: string;
  readonly element?: {
    readonly initial_value?: string;
    readonly initial_option?: Option;
    readonly initial_options?: readonly Option[];
    readonly initial_user?: string;
    readonly initial_users?: readonly string[];
    readonly initial_conversation?: string;
  };
};

/** Whether a block holds this field, in whatever turn of it. */
export const isOf = (blockId: string | undefined, field: string): boolean =>
  blockId === field || blockId?.startsWith(`${field}#`) === true;

/** A field that is to be empty again after every turn: Slack keeps what was typed in a block for as long as its id stays. */
export const inTurn = (field: string, turn: number): string => (turn === 0 ? field : `${field}#${turn}`);

const valueOf = ({ state }: SubmittedForm, field: string): Value | undefined => {
  const blockId = Object.keys(state.values).find((id) => isOf(id, field));
  return blockId === undefined ? undefined : Object.values(state.values[blockId] ?? {})[0];
};

const shownIn = ({ blocks }: SubmittedForm, field: string): Shown['element'] =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the blocks are our own, echoed by Slack
  (blocks as readonly Shown[]).find((block) => isOf(block.block_id, field))?.element;

/** Slack escapes these three in what it echoes of text people may read. */
const unescape = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Whether the form has such a field. */
export const hasField = (form: SubmittedForm, field: string): boolean => shownIn(form, field) !== undefined;

export const readText = (form: SubmittedForm, field: string): string => valueOf(form, field)?.value ?? '';

/** The change of a text field; undefined where nothing was changed. */
export function readTextChange(form: SubmittedForm, field: string): Change<string> | undefined {
  const shown = shownIn(form, field)?.initial_value ?? '';
  const typed = readText(form, field);
  // Slack echoes what it was given with &, < and > escaped, or as it was: a field nobody touched is the one or the other.
  return typed === shown ? undefined : changed(unescape(shown), typed);
}

/** '' where nothing is chosen. */
export const readChoice = (form: SubmittedForm, field: string): string =>
  valueOf(form, field)?.selected_option?.value ?? '';

export const readChoiceChange = (form: SubmittedForm, field: string): Change<string> | undefined =>
  changed(shownIn(form, field)?.initial_option?.value ?? '', readChoice(form, field));

const shownChoices = (form: SubmittedForm, field: string): string[] =>
  (shownIn(form, field)?.initial_options ?? []).map(({ value }) => value ?? '');

export const readChoices = (form: SubmittedForm, field: string): string[] =>
  (valueOf(form, field)?.selected_options ?? []).map(({ value }) => value);

export const readChoicesChange = (form: SubmittedForm, field: string): Change<readonly string[]> | undefined =>
  changed(shownChoices(form, field), readChoices(form, field));

export const readChoiceSet = (form: SubmittedForm, field: string): SetChange =>
  changedSet(shownChoices(form, field), readChoices(form, field));

/** What a chosen option said; the value itself where it is not among those chosen. */
export const readOptionText = (form: SubmittedForm, field: string, value: string): string =>
  unescape(valueOf(form, field)?.selected_options?.find((chosen) => chosen.value === value)?.text?.text ?? value);

/** "2026-03-10"; '' where no day is chosen. */
export const readDate = (form: SubmittedForm, field: string): string => valueOf(form, field)?.selected_date ?? '';

/** People picked; undefined where the form has no such field. */
export const readPeople = (form: SubmittedForm, field: string): readonly string[] | undefined =>
  valueOf(form, field)?.selected_users;

/** One person; '' where nobody is picked. */
export const readPerson = (form: SubmittedForm, field: string): string => valueOf(form, field)?.selected_user ?? '';

export const readPersonChange = (form: SubmittedForm, field: string): Change<string> | undefined =>
  changed(shownIn(form, field)?.initial_user ?? '', readPerson(form, field));

export const readConversation = (form: SubmittedForm, field: string): string =>
  valueOf(form, field)?.selected_conversation ?? '';

export const readConversationChange = (form: SubmittedForm, field: string): Change<string> | undefined =>
  changed(shownIn(form, field)?.initial_conversation ?? '', readConversation(form, field));

/** People of a set: all of them in `field` where the form shows them, else those in `add` and `remove`. */
export function readPeopleChange(
  form: SubmittedForm,
  field: string,
): { set: SetChange; shown: readonly string[] | undefined } {
  const picked = readPeople(form, field);
  if (picked !== undefined) {
    const shown = shownIn(form, field)?.initial_users ?? [];
    return { set: changedSet(shown, picked), shown };
  }
  const [add, remove] = [readPeople(form, 'add') ?? [], readPeople(form, 'remove') ?? []];
  return { set: { add: add.filter((userId) => !remove.includes(userId)), remove }, shown: undefined };
}

/** The row a form was made from. */
export type RowRef = { readonly id: string; readonly version: number };

/** The row the form was made from, as its builder put it there; undefined for something new, whose form has no metadata. */
export const readRow = ({ private_metadata: text }: Pick<SubmittedForm, 'private_metadata'>): RowRef | undefined =>
  text === '' ? undefined : readMetadata<RowRef>({ private_metadata: text });

/** What the builder of the same form put beside its fields. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the builder and the reader of a form agree on it
export const readMetadata = <T extends object>({
  private_metadata: text,
}: Pick<SubmittedForm, 'private_metadata'>): T =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the only writer is the builder of the same form
  JSON.parse(text) as T;

/** After saving: that it worked, and what else there is to say. */
export function savedModal(
  title: string,
  lines: readonly string[],
  again?: { actionId: string; value: string },
): Modal {
  const openAgain = again && [actions(button(again.actionId, 'Open again', { value: again.value }))];
  return modal(title, [section(`:white_check_mark: Saved.\n${lines.join('\n')}`), ...(openAgain ?? [])]);
}

/** Lines in as few sections as Slack allows, as many lines as fit; the rest is counted. */
export function paragraphs(
  lines: readonly string[],
  { blocksMax, charactersMax }: { blocksMax: number; charactersMax: number },
): { blocks: KnownBlock[]; left: number } {
  const texts: string[] = [];
  let [used, shown] = [0, 0];
  for (const line of lines) {
    const last = texts.at(-1);
    const joins = last !== undefined && last.length + line.length + 1 <= SECTION_MAX;
    if ((!joins && texts.length === blocksMax) || used + line.length > charactersMax) break;
    if (joins) texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
    used += line.length + 1;
    shown += 1;
  }
  return { blocks: texts.map((text) => section(text)), left: lines.length - shown };
}
