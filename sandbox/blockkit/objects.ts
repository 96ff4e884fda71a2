/** Block Kit's composition objects (docs.slack.dev/reference/block-kit/composition-objects) as a table of Slack's limits. */
import {
  anything,
  boolean,
  byType,
  type Check,
  isObject,
  list,
  object,
  oneOf,
  problem,
  string,
  uniqueList,
  url,
} from './schema.ts';

/** A plain_text object of at most `max` characters (3000 is the text object's own limit). */
export function plainText(max = 3000): Check {
  return byType({ plain_text: textOfType(max, 'emoji') });
}

/** A plain_text or mrkdwn object of at most `max` characters. */
export function text(max = 3000): Check {
  return byType({ plain_text: textOfType(max, 'emoji'), mrkdwn: textOfType(max, 'verbatim') });
}

function textOfType(max: number, flag: 'emoji' | 'verbatim'): Check {
  return object({
    required: { type: anything, text: string({ max }) },
    optional: { [flag]: boolean },
  });
}

/** Options of selects: plain text only. */
export const selectOption = option(plainText(75));

/** Options of checkboxes and radio buttons: formatted text allowed. */
export const choiceOption = option(text(75));

/** Options of overflow menus: the only ones that may open an address. */
export const overflowOption = option(plainText(75), { url: url(3000) });

/** Value ≤150 is documented; the SDK's own comment says 75. */
function option(label: Check, more: Record<string, Check> = {}): Check {
  return object({
    required: { text: label, value: string({ max: 150 }) },
    optional: { description: label, ...more },
  });
}

export const optionGroup = object({
  required: { label: plainText(75), options: list(selectOption, { min: 1, max: 100 }) },
});

export const confirm = object({
  required: { title: plainText(100), text: text(300), confirm: plainText(30), deny: plainText(30) },
  optional: { style: oneOf('primary', 'danger') },
});

export const conversationFilter: Check = (value, place) =>
  isObject(value) && Object.keys(value).length === 0
    ? problem('must have a minimum of 1 properties', place)
    : filterProperties(value, place);

const filterProperties = object({
  optional: {
    include: uniqueList(oneOf('im', 'mpim', 'private', 'public'), { min: 1 }),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
});

export const dispatchActionConfig = object({
  required: {
    trigger_actions_on: uniqueList(oneOf('on_enter_pressed', 'on_character_entered'), {
      min: 1,
      max: 2,
    }),
  },
});

/** A file in Slack, by address or by id, never both. */
export const slackFile = object({
  optional: { url: url(), id: string() },
  rules: [
    (file, place) =>
      (file['url'] === undefined) === (file['id'] === undefined)
        ? problem('failed to match exactly one allowed schema', place)
        : [],
  ],
});
