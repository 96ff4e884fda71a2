/**
 * Block Kit's blocks (docs.slack.dev/reference/block-kit/blocks) as a table: on which surfaces each is known, what it must
 * and may have. Blocks the local workspace cannot draw (card, carousel, table, video and the like) are missing and so refused
 * as unsupported: better here than a message that looks right only locally.
 */
import { elementOf } from './elements.ts';
import { plainText, slackFile, text } from './objects.ts';
import { richText } from './rich-text.ts';
import { imageSource } from './rules.ts';
import {
  anything,
  boolean,
  byType,
  type Check,
  entryOf,
  integer,
  type Json,
  list,
  object,
  oneOf,
  type Place,
  problem,
  type Problem,
  type Properties,
  string,
  type Surface,
  url,
} from './schema.ts';

type Block = { on: readonly Surface[]; check: Check };

const EVERYWHERE: readonly Surface[] = ['message', 'modal', 'home'];

/** Every block may carry a block_id of 1–255 characters. */
function block(properties: Properties): Check {
  return object({
    ...properties,
    required: { type: anything, ...properties.required },
    optional: { block_id: string({ max: 255 }), ...properties.optional },
  });
}

/** An empty section is refused with these words at its type [seen live: java-slack-sdk#1017]. */
function textOrFields(section: Json, place: Place): Problem[] {
  return section['text'] === undefined && section['fields'] === undefined
    ? problem('must define either `text` or `fields`', place, 'type')
    : [];
}

const imageInContext = elementOf('context');
const textInContext = text(3000);

const contextElement = byType((type) => (type === 'image' ? imageInContext : textInContext));

const BLOCKS: Record<string, Block> = {
  section: {
    on: EVERYWHERE,
    check: block({
      optional: {
        text: text(3000),
        fields: list(text(2000), { min: 1, max: 10 }),
        accessory: elementOf('section'),
        expand: boolean,
      },
      rules: [textOrFields],
    }),
  },
  header: {
    on: EVERYWHERE,
    check: block({ required: { text: plainText(150) }, optional: { level: integer(1, 4) } }),
  },
  context: {
    on: EVERYWHERE,
    check: block({ required: { elements: list(contextElement, { min: 1, max: 10 }) } }),
  },
  actions: {
    on: EVERYWHERE,
    check: block({ required: { elements: list(elementOf('actions'), { min: 1, max: 25 }) } }),
  },
  divider: { on: EVERYWHERE, check: block({}) },
  image: {
    on: EVERYWHERE,
    check: block({
      required: { alt_text: string({ max: 2000 }) },
      optional: { image_url: url(3000), slack_file: slackFile, title: plainText(2000) },
      rules: [imageSource],
    }),
  },
  input: {
    on: EVERYWHERE,
    check: block({
      required: { label: plainText(2000), element: elementOf('input') },
      optional: { hint: plainText(2000), optional: boolean, dispatch_action: boolean },
    }),
  },
  rich_text: { on: EVERYWHERE, check: richText },
  markdown: { on: ['message'], check: block({ required: { text: string({ max: 12_000 }) } }) },
  alert: {
    on: ['modal'],
    check: block({
      required: { text: text(3000) },
      optional: { level: oneOf('default', 'info', 'warning', 'error', 'success') },
    }),
  },
};

const anyBlock = byType((type, place) => {
  const known = entryOf(BLOCKS, type);
  return known?.on.includes(place.surface) ? known.check : undefined;
});

/** The blocks of a message. An empty list takes them away, so it is allowed. */
export const messageBlocks = list(anyBlock, { max: 50 });

/** The blocks of a modal or Home. */
export const viewBlocks = list(anyBlock, { max: 100 });
