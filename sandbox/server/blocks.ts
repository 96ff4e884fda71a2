import { randomBytes } from 'node:crypto';
import { withIds } from '../blockkit/ids.ts';
import { type Problem, validateMessageBlocks } from '../blockkit/validate.ts';
import type { Block } from '../protocol.ts';
import { isObject, type Json, textOf } from './json.ts';

export type Fault = Problem;

export function messageFaults(blocks: unknown): Fault[] {
  return validateMessageBlocks(blocks);
}

/** Blocks as Slack stores them: every block and interactive element has its id. */
export function completeBlocks(blocks: readonly Json[]): Block[] {
  return withIds(blocks, () => randomBytes(4).toString('base64url')).map((block) => ({
    ...block,
    type: textOf(block['type']),
  }));
}

/** Slack's words for faults: the message with its JSON pointer. */
export function faultText(fault: Fault): string {
  return `${fault.message} [json-pointer:${fault.pointer}]`;
}

/** A list of objects, or undefined where it is something else. */
export function asBlocks(value: unknown): Json[] | undefined {
  return Array.isArray(value) && value.every(isObject) ? value : undefined;
}
