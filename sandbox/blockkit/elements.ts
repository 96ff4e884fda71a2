/**
 * Block Kit's elements (docs.slack.dev/reference/block-kit/block-elements) as a table: where each may stand, what it must
 * and may have. Not here, so refused as unsupported: file_input and workflow_button, which the local workspace cannot serve.
 */
import {
  choiceOption,
  confirm,
  conversationFilter,
  dispatchActionConfig,
  optionGroup,
  overflowOption,
  plainText,
  selectOption,
  slackFile,
} from './objects.ts';
import { richText } from './rich-text.ts';
import {
  decimalWithinBounds,
  eitherOptionsOrGroups,
  imageSource,
  initialOptionsExist,
  lengthWithinBounds,
  noMoreThanSelectable,
  responseUrlOnlyInModalInput,
} from './rules.ts';
import {
  anything,
  boolean,
  byType,
  type Check,
  entryOf,
  integer,
  list,
  object,
  oneOf,
  pattern,
  type Properties,
  string,
  type Surface,
  url,
} from './schema.ts';

/** The blocks that hold elements. */
type Holder = 'section' | 'actions' | 'context' | 'input';

type Element = { in: readonly Holder[]; on: readonly Surface[]; check: Check };

const EVERYWHERE: readonly Surface[] = ['message', 'modal', 'home'];
const MODAL: readonly Surface[] = ['modal'];
const ANY_HOLDER: readonly Holder[] = ['section', 'actions', 'input'];
/** The documentation lists multi-selects for actions blocks, the server refuses them (node-slack-sdk#1299, python-slack-sdk#1631). */
const MULTI: readonly Holder[] = ['section', 'input'];

const focusable = { focus_on_load: boolean };
const promptable = { ...focusable, placeholder: plainText(150) };
const choosable = { ...promptable, confirm };
const typed = { ...promptable, dispatch_action_config: dispatchActionConfig };
const many = { max_selected_items: integer(1) };
const style = oneOf('primary', 'danger');
const id = string();
const ids = list(id, { min: 1 });
const decimal = pattern(/^-?\d+(\.\d+)?$/);
const options = list(selectOption, { min: 1, max: 100 });
const choices = list(choiceOption, { min: 1, max: 10 });
const groups = list(optionGroup, { min: 1, max: 100 });

/** Something people can press or fill in: any of these may carry an action_id of 1–255 characters. */
function interactive(properties: Properties): Check {
  return object({
    ...properties,
    required: { type: anything, ...properties.required },
    optional: { action_id: string({ max: 255 }), ...properties.optional },
  });
}

/** The picture in sections and contexts, which nobody can press. */
const image = object({
  required: { type: anything, alt_text: string({ max: 2000 }) },
  optional: { image_url: url(3000), slack_file: slackFile },
  rules: [imageSource],
});

const button = interactive({
  required: { text: plainText(75) },
  optional: {
    value: string({ max: 2000 }),
    url: url(3000),
    style,
    confirm,
    accessibility_label: string({ max: 75 }),
  },
});

const overflow = interactive({
  required: { options: list(overflowOption, { min: 1, max: 5 }) },
  optional: { confirm },
});

const checkboxes = interactive({
  required: { options: choices },
  optional: { initial_options: list(choiceOption), confirm, ...focusable },
  rules: [initialOptionsExist],
});

const radioButtons = interactive({
  required: { options: choices },
  optional: { initial_option: choiceOption, confirm, ...focusable },
  rules: [initialOptionsExist],
});

const staticSelect = interactive({
  optional: { options, option_groups: groups, initial_option: selectOption, ...choosable },
  rules: [eitherOptionsOrGroups, initialOptionsExist],
});

const multiStaticSelect = interactive({
  optional: {
    options,
    option_groups: groups,
    initial_options: list(selectOption),
    ...choosable,
    ...many,
  },
  rules: [eitherOptionsOrGroups, initialOptionsExist, noMoreThanSelectable('initial_options')],
});

const externalSelect = interactive({
  optional: { initial_option: selectOption, min_query_length: integer(0), ...choosable },
});

const multiExternalSelect = interactive({
  optional: {
    initial_options: list(selectOption, { min: 1 }),
    min_query_length: integer(0),
    ...choosable,
    ...many,
  },
  rules: [noMoreThanSelectable('initial_options')],
});

const usersSelect = interactive({ optional: { initial_user: id, ...choosable } });

const multiUsersSelect = interactive({
  optional: { initial_users: ids, ...choosable, ...many },
  rules: [noMoreThanSelectable('initial_users')],
});

const conversationsSelect = interactive({
  optional: {
    initial_conversation: id,
    default_to_current_conversation: boolean,
    response_url_enabled: boolean,
    filter: conversationFilter,
    ...choosable,
  },
});

const multiConversationsSelect = interactive({
  optional: {
    initial_conversations: ids,
    default_to_current_conversation: boolean,
    filter: conversationFilter,
    ...choosable,
    ...many,
  },
  rules: [noMoreThanSelectable('initial_conversations')],
});

const channelsSelect = interactive({
  optional: { initial_channel: id, response_url_enabled: boolean, ...choosable },
});

const multiChannelsSelect = interactive({
  optional: { initial_channels: ids, ...choosable, ...many },
  rules: [noMoreThanSelectable('initial_channels')],
});

const plainTextInput = interactive({
  optional: {
    initial_value: string({ min: 0, max: 3000 }),
    multiline: boolean,
    min_length: integer(0, 3000),
    max_length: integer(1, 3000),
    ...typed,
  },
  rules: [lengthWithinBounds],
});

const numberInput = interactive({
  required: { is_decimal_allowed: boolean },
  optional: { initial_value: decimal, min_value: decimal, max_value: decimal, ...typed },
  rules: [decimalWithinBounds],
});

const addressInput = interactive({ optional: { initial_value: string(), ...typed } });
const richTextInput = interactive({ optional: { initial_value: richText, ...typed } });

const datepicker = interactive({
  optional: {
    initial_date: pattern(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
    ...choosable,
  },
});

const timepicker = interactive({
  optional: { initial_time: pattern(/^([01]\d|2[0-3]):[0-5]\d$/), timezone: id, ...choosable },
});

/** Ten digits of Unix seconds. */
const datetimepicker = interactive({
  optional: { initial_date_time: integer(1_000_000_000, 9_999_999_999), confirm, ...focusable },
});

const ELEMENTS: Record<string, Element> = {
  image: { in: ['section', 'context'], on: EVERYWHERE, check: image },
  button: { in: ['section', 'actions'], on: EVERYWHERE, check: button },
  overflow: { in: ['section', 'actions'], on: EVERYWHERE, check: overflow },
  checkboxes: { in: ANY_HOLDER, on: EVERYWHERE, check: checkboxes },
  radio_buttons: { in: ANY_HOLDER, on: EVERYWHERE, check: radioButtons },
  static_select: { in: ANY_HOLDER, on: EVERYWHERE, check: staticSelect },
  multi_static_select: { in: MULTI, on: EVERYWHERE, check: multiStaticSelect },
  external_select: { in: ANY_HOLDER, on: EVERYWHERE, check: externalSelect },
  multi_external_select: { in: MULTI, on: EVERYWHERE, check: multiExternalSelect },
  users_select: { in: ANY_HOLDER, on: EVERYWHERE, check: usersSelect },
  multi_users_select: { in: MULTI, on: EVERYWHERE, check: multiUsersSelect },
  conversations_select: { in: ANY_HOLDER, on: EVERYWHERE, check: conversationsSelect },
  multi_conversations_select: { in: MULTI, on: EVERYWHERE, check: multiConversationsSelect },
  channels_select: { in: ANY_HOLDER, on: EVERYWHERE, check: channelsSelect },
  multi_channels_select: { in: MULTI, on: EVERYWHERE, check: multiChannelsSelect },
  datepicker: { in: ANY_HOLDER, on: EVERYWHERE, check: datepicker },
  timepicker: { in: ANY_HOLDER, on: EVERYWHERE, check: timepicker },
  datetimepicker: { in: ['actions', 'input'], on: ['message', 'modal'], check: datetimepicker },
  plain_text_input: { in: ['input'], on: EVERYWHERE, check: plainTextInput },
  number_input: { in: ['input'], on: MODAL, check: numberInput },
  email_text_input: { in: ['input'], on: MODAL, check: addressInput },
  url_text_input: { in: ['input'], on: MODAL, check: addressInput },
  rich_text_input: { in: ['input'], on: ['modal', 'home'], check: richTextInput },
};

/** The check of an element as it may stand in a block of this kind, on the surface it is asked for. */
export function elementOf(holder: Holder): Check {
  const check = byType((type, place) => {
    const element = entryOf(ELEMENTS, type);
    return element?.in.includes(holder) && element.on.includes(place.surface) ? element.check : undefined;
  });
  return (value, place) => [...check(value, place), ...responseUrlOnlyInModalInput(value, place, holder)];
}
