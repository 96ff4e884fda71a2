/** Would Slack take these blocks, this view? Facts: the tables in this folder. Nothing here knows the app. */
import { messageBlocks, viewBlocks } from './blocks.ts';
import { optionGroup, plainText, selectOption } from './objects.ts';
import { eitherOptionsOrGroups } from './rules.ts';
import {
  all,
  anything,
  boolean,
  byType,
  characters,
  inside,
  type Json,
  list,
  object,
  type Place,
  type Problem,
  string,
  type Surface,
} from './schema.ts';
import { acrossBlocks } from './whole.ts';

export type { Problem, Surface } from './schema.ts';

const anyView = {
  required: { type: anything, blocks: viewBlocks },
  optional: {
    private_metadata: string({ min: 0, max: 3000 }),
    callback_id: string({ max: 255 }),
    external_id: string({ min: 0, max: 255 }),
  },
  rules: [
    (view: Json, place: Place) => acrossBlocks(view['blocks'], inside(place, 'blocks'), view['submit'] !== undefined),
  ],
};

/** Titles and buttons hold 24 characters [seen live: `must be less than 25 characters [json-pointer:/view/title/text]`]. */
const VIEWS = {
  home: byType({ home: object(anyView) }),
  modal: byType({
    modal: object({
      required: { ...anyView.required, title: plainText(24) },
      optional: {
        ...anyView.optional,
        submit: plainText(24),
        close: plainText(24),
        clear_on_close: boolean,
        notify_on_close: boolean,
      },
      rules: anyView.rules,
    }),
  }),
};

/** All that Slack would refuse in the `blocks` of a message; pointers begin with `/blocks`. */
export function validateMessageBlocks(blocks: unknown): Problem[] {
  return all(messageBlocks, acrossBlocks)(blocks, { pointer: '/blocks', surface: 'message' });
}

/** All that Slack would refuse in a view; pointers begin with `/view`. */
export function validateView(view: unknown, surface: 'modal' | 'home'): Problem[] {
  return VIEWS[surface](view, { pointer: '/view', surface });
}

/**
 * All that Slack would refuse in an app's answer to a select that asks for options; pointers begin with `/options` or
 * `/option_groups`. No options at all is an answer too: nothing was found.
 */
export function validateOptionsAnswer(answer: unknown): Problem[] {
  return optionsAnswer(answer, { pointer: '', surface: 'modal' });
}

const optionsAnswer = object({
  optional: {
    options: list(selectOption, { max: 100 }),
    option_groups: list(optionGroup, { max: 100 }),
  },
  rules: [eitherOptionsOrGroups],
});

/** A problem as Slack writes it: `must be less than 25 characters [json-pointer:/view/title/text]`. */
export function problemLine(found: Problem): string {
  return `${found.message} [json-pointer:${found.pointer}]`;
}

/**
 * The lines of Slack's answer, without `[ERROR] `: `errors` of a refused message and, with that prefix,
 * `response_metadata.messages` of either. A view's begin with the line views.open and views.publish put there [seen live].
 */
export function errorLines(problems: readonly Problem[], surface: Surface): string[] {
  if (problems.length === 0) return [];
  const whole = { message: 'failed to match all allowed schemas', pointer: '/view' };
  return (surface === 'message' ? problems : [whole, ...problems]).map(problemLine);
}

/** Slack's `msg_blocks_too_long`: seen to refuse from about 13,200 characters of block JSON; 13,000 keeps clear of it. */
export function messageTooLong(blocks: unknown): boolean {
  return characters(JSON.stringify(blocks ?? [])) > 13_000;
}

/** Slack's `view_too_large`: "greater than 250kb" (views.open, views.publish), read as 250,000 bytes of JSON. */
export function viewTooLarge(view: unknown): boolean {
  return new TextEncoder().encode(JSON.stringify(view ?? {})).length > 250_000;
}
