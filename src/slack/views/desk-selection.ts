/** What a desk's form says of handing out conversations: by what order, to whom not, and what customers read meanwhile. */
import type { KnownBlock } from '@slack/types';
import { changed, type Change } from '../../domain/change.ts';
import { CAPACITY, SELECTION_ORDERS, SENTENCE, SENTENCE_MAX, type SelectionOrder } from '../../domain/desk.ts';
import type { DeskForm } from '../../services/desk/list.ts';
import { header } from './blocks.ts';
import { readNumberChange, wholeNumber } from './desk-rules.ts';
import {
  input,
  option,
  readChoice,
  readChoiceChange,
  readChoices,
  readChoicesChange,
  readText,
  readTextChange,
  type SubmittedForm,
} from './form.ts';

type Selection = Pick<
  NonNullable<DeskForm['desk']>,
  'selectionOrder' | 'capacity' | 'noHuddles' | 'forwardsNew' | 'sentence'
>;

const UNSET: Selection = {
  selectionOrder: 'expertise_first',
  capacity: CAPACITY.initial,
  noHuddles: false,
  forwardsNew: false,
  sentence: SENTENCE,
};

const ORDERS: Record<SelectionOrder, string> = {
  expertise_first: 'Expertise first',
  language_first: 'Language first',
};
const orderOption = (order: SelectionOrder) => option(ORDERS[order], order);

const FORWARD = option('Forward them at once', 'forward');
const LIST = option('Just list them', 'list');
const NO_HUDDLES = option('No conversations during huddles', 'no_huddles');

function orderInput(order: SelectionOrder): KnownBlock {
  const options = SELECTION_ORDERS.map(orderOption);
  return input(
    'selection_order',
    'Who is chosen',
    { type: 'radio_buttons', options, initial_option: orderOption(order) },
    {
      hint: 'Expertise first: who knows most about it, then who speaks the language. Language first: who had it before, then who speaks the language. Nobody is left out for what they do not know.',
    },
  );
}

const capacityInput = (capacity: number): KnownBlock =>
  input(
    'capacity',
    'Conversations somebody can have at once',
    {
      type: 'number_input',
      is_decimal_allowed: false,
      min_value: String(CAPACITY.min),
      max_value: String(CAPACITY.max),
      initial_value: String(capacity),
    },
    {
      hint: 'Of this desk, and active in the last 15 minutes. Whoever has as many is given no more. 0 means no limit.',
    },
  );

const huddleInput = (noHuddles: boolean): KnownBlock =>
  input(
    'no_huddles',
    'Huddles',
    { type: 'checkboxes', options: [NO_HUDDLES], ...(noHuddles && { initial_options: [NO_HUDDLES] }) },
    { optional: true },
  );

const forwardInput = (forwardsNew: boolean): KnownBlock =>
  input(
    'forwards_new',
    'Conversations that customers begin',
    { type: 'radio_buttons', options: [LIST, FORWARD], initial_option: forwardsNew ? FORWARD : LIST },
    {
      hint: 'In automatic support channels. Listed, they wait on the Homes of the desk; forwarded, they are given to one agent.',
    },
  );

const sentenceInput = (sentence: string): KnownBlock =>
  input(
    'sentence',
    'What customers read when Beckon asks for help by itself',
    {
      type: 'plain_text_input',
      // Too long ones are refused in words; a character may count twice here.
      max_length: SENTENCE_MAX * 2,
      ...(sentence !== '' && { initial_value: sentence }),
    },
    { optional: true, hint: 'In the conversation, once. Leave it empty and they read nothing.' },
  );

export function selectionInputs(desk: Selection = UNSET): KnownBlock[] {
  return [
    header('Handing out conversations'),
    orderInput(desk.selectionOrder),
    capacityInput(desk.capacity),
    huddleInput(desk.noHuddles),
    forwardInput(desk.forwardsNew),
    sentenceInput(desk.sentence),
  ];
}

const orderOf = (value: string): SelectionOrder =>
  SELECTION_ORDERS.find((order) => order === value) ?? UNSET.selectionOrder;

export const readSelection = (form: SubmittedForm): Selection => ({
  selectionOrder: orderOf(readChoice(form, 'selection_order')),
  capacity: wholeNumber(readText(form, 'capacity')),
  noHuddles: readChoices(form, 'no_huddles').length > 0,
  forwardsNew: readChoice(form, 'forwards_new') === FORWARD.value,
  sentence: readText(form, 'sentence'),
});

function mapped<A, B>(change: Change<A> | undefined, to: (value: A) => B): Change<B> | undefined {
  return change && changed(to(change.from), to(change.to));
}

export const readSelectionChanges = (form: SubmittedForm) => ({
  selectionOrder: mapped(readChoiceChange(form, 'selection_order'), orderOf),
  capacity: readNumberChange(form, 'capacity'),
  noHuddles: mapped(readChoicesChange(form, 'no_huddles'), (ticked) => ticked.length > 0),
  forwardsNew: mapped(readChoiceChange(form, 'forwards_new'), (chosen) => chosen === FORWARD.value),
  sentence: readTextChange(form, 'sentence'),
});
