import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AskForm } from '../../../src/services/help/ask-form.ts';
import { askModal, readAsk } from '../../../src/slack/views/ask.ts';
import { choices, expectModal, submit } from '../../support/forms.ts';
import { expectHarmless, note } from './nasty.ts';

const form: fc.Arbitrary<AskForm> = fc
  .record({
    channelId: fc.constant('C1'),
    threadTs: fc.constantFrom('', '1700000000.000100'),
    catalogue: fc.oneof(
      fc.constant({ kind: 'search' as const }),
      choices(100).map((all) => ({ kind: 'all' as const, choices: all })),
    ),
    chosen: choices(50),
    note,
    message: note.map((text) => Array.from(text).slice(0, 300).join('')),
    again: fc.boolean(),
    desks: choices(50),
  })
  .map((data) => ({ ...data, chosen: data.catalogue.kind === 'all' ? data.catalogue.choices : data.chosen }));

describe('the form that asks for help', () => {
  it('is valid and harmless with any data', () => {
    fc.assert(
      fc.property(form, (data) => {
        const view = askModal(data);
        expectModal(view);
        expectHarmless(view.blocks);
      }),
      { numRuns: 60 },
    );
  });

  it('is read back as it was filled in', () => {
    fc.assert(
      fc.property(form, (data) => {
        expect(readAsk(submit(askModal(data)))).toMatchObject({
          channelId: data.channelId,
          expertiseIds: data.chosen.map(({ id }) => id),
          note: data.note,
        });
      }),
      { numRuns: 60 },
    );
  });
});
