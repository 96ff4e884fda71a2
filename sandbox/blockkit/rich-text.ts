/** Rich text (docs.slack.dev/reference/block-kit/blocks/rich-text-block): what people's own messages and rich text inputs hold. */
import { anything, boolean, byType, type Check, integer, list, object, oneOf, string, url } from './schema.ts';

const flags = (...names: string[]): Check =>
  object({ optional: Object.fromEntries(names.map((name) => [name, boolean])) });

const textStyle = flags('bold', 'italic', 'strike', 'underline', 'code');
const mentionStyle = flags('bold', 'italic', 'strike', 'underline', 'highlight', 'client_highlight', 'unlink');

function inline(required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  return object({ required: { type: anything, ...required }, optional });
}

const INLINE: Record<string, Check> = {
  text: inline({ text: string() }, { style: textStyle }),
  link: inline({ url: url() }, { text: string({ min: 0 }), style: textStyle, unsafe: boolean }),
  emoji: inline({ name: string() }, { unicode: string(), skin_tone: integer(1, 6) }),
  user: inline({ user_id: string() }, { style: mentionStyle }),
  channel: inline({ channel_id: string() }, { style: mentionStyle }),
  usergroup: inline({ usergroup_id: string() }, { style: mentionStyle }),
  broadcast: inline({ range: oneOf('here', 'channel', 'everyone') }, { style: mentionStyle }),
  date: inline({ timestamp: integer(0), format: string() }, { url: url(), fallback: string(), style: textStyle }),
  color: inline({ value: string() }),
};

const inlines = list(byType(INLINE));
const border = integer(0, 1);

const section = object({ required: { type: anything, elements: inlines } });

const PARTS: Record<string, Check> = {
  rich_text_section: section,
  rich_text_list: object({
    required: {
      type: anything,
      style: oneOf('bullet', 'ordered'),
      elements: list(byType({ rich_text_section: section })),
    },
    optional: { indent: integer(0, 8), offset: integer(0), border },
  }),
  rich_text_preformatted: object({
    required: { type: anything, elements: inlines },
    optional: { border, language: string() },
  }),
  rich_text_quote: object({ required: { type: anything, elements: inlines }, optional: { border } }),
};

const richTextObject = object({
  required: { type: anything, elements: list(byType(PARTS)) },
  optional: { block_id: string({ max: 255 }) },
});

/** A rich_text block, also the initial value of a rich text input. */
export const richText = byType({ rich_text: richTextObject });
