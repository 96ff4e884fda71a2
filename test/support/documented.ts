/** What docs/webhooks.md promises of what is sent. */
import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { webhookBodies } from '../../src/api/webhooks.ts';

/** Names and kinds of values all the way down; of lists what is in them. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shapeOf(each)]));
}

export function examples(): Map<string, { type: string }> {
  const blocks = [...readFileSync('docs/webhooks.md', 'utf8').matchAll(/```json\n([\s\S]*?)```/g)];
  return new Map(
    blocks.map(([, text]) => {
      const example = JSON.parse(text ?? '') as { type: string };
      return [example.type, example];
    }),
  );
}

/** An empty list has no shape of its own, and what may be null has two: the example’s is as good. */
function filled(value: unknown, example: unknown): unknown {
  if (value === null || example === null || (Array.isArray(value) && value.length === 0)) return example;
  if (Array.isArray(value) && Array.isArray(example)) return value.map((each) => filled(each, example[0]));
  if (typeof value !== 'object' || typeof example !== 'object') return value;
  const examplesOf = example as Record<string, unknown>;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each, examplesOf[name])]));
}

/** It has exactly the fields that are documented for its type, of the same kinds, and is what the document of the API says. */
export function expectDocumented(json: { type: string }): void {
  const example = examples().get(json.type);
  expect(example).toBeDefined();
  expect(shapeOf(filled(json, example))).toEqual(shapeOf(example));
  // Parsing leaves out what is not described.
  expect(webhookBodies[json.type]?.body.parse(json)).toEqual(json);
}
