import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { initialState, mergeState } from '../../../sandbox/blockkit/state.ts';
import { validateMessageBlocks, validateView } from '../../../sandbox/blockkit/validate.ts';
import { actions, button, divider, element, elements, input, modal, mrkdwn, plain, section } from './samples.ts';

const words = (maxLength: number) => fc.string({ unit: 'binary', minLength: 1, maxLength });

const validBlock = fc.oneof(
  fc.constant(divider),
  words(3000).map((text) => section({ text: mrkdwn(text) })),
  words(150).map((text) => ({ type: 'header', text: plain(text) })),
  fc
    .array(words(75), { minLength: 1, maxLength: 25 })
    .map((texts) => actions(...texts.map((text, index) => button({ text: plain(text), action_id: `${index}` })))),
  fc.constantFrom(...Object.keys(elements)).map((type) => input(element(type, { focus_on_load: false }))),
);

const validBlocks = fc.array(validBlock, { maxLength: 99 });

/** Only what JSON can carry has a meaning here. */
const json = fc.jsonValue({ maxDepth: 4 });

describe('whatever the data', () => {
  it('a valid modal stays valid with one block more, up to a hundred', () => {
    fc.assert(
      fc.property(validBlocks, validBlock, (blocks, more) => {
        expect(validateView(modal({ blocks }), 'modal')).toEqual([]);
        expect(validateView(modal({ blocks: [...blocks, more] }), 'modal')).toEqual([]);
      }),
    );
  });

  it('a text one character over its limit is always refused, whatever the characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 151, maxLength: 151 }), (text) => {
        expect(validateMessageBlocks([{ type: 'header', text: plain(text) }])).toHaveLength(1);
      }),
    );
  });

  it('nonsense is answered with pointers into it and never throws', () => {
    fc.assert(
      fc.property(json, json, (blocks, typed) => {
        for (const found of validateMessageBlocks(blocks)) expect(found.pointer).toMatch(/^\/blocks/);
        for (const found of validateView(blocks, 'modal')) expect(found.pointer).toMatch(/^\/view/);
        mergeState(blocks, typed);
      }),
    );
  });

  it('a form merged with its own state does not change', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(elements)), { maxLength: 9 }), (types) => {
        const blocks = types.map((type, index) => input(element(type), { block_id: `${index}` }));
        const state = initialState(blocks);
        expect(mergeState(blocks, state)).toEqual(state);
      }),
    );
  });
});
