import type { Block } from '../../protocol.ts';

/** Block Kit as far as the page draws it: wide types with optional fields, since the server has checked what is stored. */
export type TextObject = { type: 'plain_text' | 'mrkdwn'; text: string; emoji?: boolean };
export type Option = { text: TextObject; value?: string; description?: TextObject; url?: string };
export type OptionGroup = { label: TextObject; options: Option[] };
export type Confirm = {
  title: TextObject;
  text: TextObject;
  confirm: TextObject;
  deny: TextObject;
  style?: 'primary' | 'danger';
};

export type Element = {
  type: string;
  action_id?: string;
  text?: TextObject;
  value?: string;
  url?: string;
  style?: 'primary' | 'danger';
  accessibility_label?: string;
  confirm?: Confirm;
  placeholder?: TextObject;
  focus_on_load?: boolean;
  options?: Option[];
  option_groups?: OptionGroup[];
  min_query_length?: number;
  max_selected_items?: number;
  initial_option?: Option;
  initial_options?: Option[];
  initial_user?: string;
  initial_users?: string[];
  initial_channel?: string;
  initial_channels?: string[];
  initial_conversation?: string;
  initial_conversations?: string[];
  filter?: { include?: string[]; exclude_bot_users?: boolean; exclude_external_shared_channels?: boolean };
  initial_value?: string;
  initial_date?: string;
  initial_time?: string;
  initial_date_time?: number;
  multiline?: boolean;
  min_length?: number;
  max_length?: number;
  is_decimal_allowed?: boolean;
  min_value?: string;
  max_value?: string;
  dispatch_action_config?: { trigger_actions_on?: string[] };
  image_url?: string;
  alt_text?: string;
};

export type KitBlock = {
  type: string;
  block_id?: string;
  text?: TextObject;
  fields?: TextObject[];
  accessory?: Element;
  elements?: (Element | TextObject)[];
  element?: Element;
  label?: TextObject;
  hint?: TextObject;
  optional?: boolean;
  dispatch_action?: boolean;
  image_url?: string;
  alt_text?: string;
  title?: TextObject;
};

/** One control of a view or message, with the block it stands in. */
export type Control = { blockId: string; actionId: string; element: Element; block: KitBlock };

/** Blocks as the page draws them, each with an id even where the sender gave none. */
export function kitBlocks(blocks: Block[]): (KitBlock & { block_id: string })[] {
  return blocks.map((block, index) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by the server before it was stored
    const kit = block as unknown as KitBlock;
    return { ...kit, block_id: kit.block_id ?? `block-${index}` };
  });
}

export function isElement(item: Element | TextObject): item is Element {
  return item.type !== 'plain_text' && item.type !== 'mrkdwn';
}

/** Every element of these blocks that can be used, in reading order. */
export function controlsOf(blocks: Block[]): Control[] {
  return kitBlocks(blocks).flatMap((block) => {
    const elements =
      block.type === 'actions' ? (block.elements ?? []).filter(isElement) : [block.element ?? block.accessory];
    return elements.flatMap((element) =>
      element === undefined ? [] : [{ blockId: block.block_id, actionId: element.action_id ?? '', element, block }],
    );
  });
}
