import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ForwardedByHand, ForwardForm } from '../../../src/services/forward/form.ts';
import { forwardedModal } from '../../../src/slack/views/forwarded.ts';
import { forwardModal, readForward } from '../../../src/slack/views/forward.ts';
import { choices, chosen, expectModal, submit, typedText } from '../../support/forms.ts';
import { decision, ranked } from './deciding.ts';
import { expectHarmless, place } from './nasty.ts';

const desks = [
  { id: 'billing', name: '<!here>' },
  { id: 'support', name: 'Support' },
];
const OPEN = { conversationId: 'c1', desks: [], deskId: 'support' };
const UNOPENED = { conversationId: '', desks: [], deskId: 'support' };
const ASKING = { conversationId: '', desks, deskId: 'billing' };

const form: fc.Arbitrary<ForwardForm> = fc
  .record({
    wanted: choices(40),
    language: fc.constantFrom('', 'fr'),
    best: fc.array(ranked, { maxLength: 3 }),
  })
  .chain((rest) =>
    place.chain((where) => fc.constantFrom(OPEN, UNOPENED, ASKING).map((which) => ({ ...where, ...rest, ...which }))),
  );

const [sample] = fc.sample(form, { numRuns: 1, seed: 1 });
const asked = (change: Partial<ForwardForm>) =>
  forwardModal({ ...(sample as ForwardForm), ...OPEN, wanted: [], language: '', best: [], ...change });
const billing = { id: 'billing', name: 'Billing' };

describe('the form that forwards', () => {
  it('is valid and harmless with any data', () => {
    fc.assert(
      fc.property(form, fc.option(fc.constant('Changed.'), { nil: undefined }), (data, notice) => {
        const view = forwardModal(data, notice);
        expectModal(view);
        expectHarmless(view.blocks);
      }),
      { numRuns: 60 },
    );
  });

  it('says what to do where nobody is available', () => {
    expect(JSON.stringify(asked({}).blocks)).toMatch(
      /Choose what it is about to see who would get it[\s\S]*Ask for help/,
    );
    expect(JSON.stringify(asked({ wanted: [billing] }).blocks)).toMatch(/Nobody is available now[\s\S]*Ask for help/);
  });

  it('reads what stands in it', () => {
    const note = { note: { note: typedText('Careful') } };
    expect(readForward(submit(asked({ wanted: [billing], language: 'fr' }), note))).toEqual({
      of: { conversationId: 'c1' },
      wanted: ['billing'],
      language: 'fr',
      note: 'Careful',
      isStale: false,
    });
  });

  it('opens a conversation where none is, at the desk that is asked for where several could answer', () => {
    const where = { channelId: 'C9' };
    expect(JSON.stringify(asked({ ...UNOPENED, ...where }))).toContain('No conversation is open in <#C9>.');
    expect(readForward(submit(asked({ ...UNOPENED, ...where }), {}))).toMatchObject({
      of: { channelId: 'C9', deskId: '' },
      isStale: false,
    });
    expect(readForward(submit(asked({ ...ASKING, ...where }), {}))).toMatchObject({
      of: { channelId: 'C9', deskId: 'billing' },
      isStale: false,
    });
    const other = { desk: { 'forward.desk': chosen('static_select', 'support') } };
    expect(readForward(submit(asked({ ...ASKING, ...where }), other))).toMatchObject({
      of: { channelId: 'C9', deskId: 'support' },
      isStale: true,
    });
  });

  it('knows when the people it shows were ranked for another wish', () => {
    const other = { expertise: { 'forward.expertise': chosen('multi_external_select', 'law') } };
    expect(readForward(submit(asked({ wanted: [billing] }), other))).toMatchObject({ wanted: ['law'], isStale: true });
  });
});

describe('what whoever forwarded reads', () => {
  it('is valid and harmless with any outcome', () => {
    const forwarded = fc.record({ decision, at: place, found: fc.boolean(), answerMinutes: fc.constantFrom(0, 5) });
    fc.assert(
      fc.property(forwarded, ({ decision: made, at, found, answerMinutes }) => {
        const told = { ...at, forwardId: 'f1', decisionId: 'd1' };
        const agent = { userId: 'UBEN', name: 'Ben', liveChatName: '' };
        const outcome: ForwardedByHand['outcome'] = found
          ? { ...told, outcome: 'forwarded', turnId: 't1', agent, covered: [], missing: [] }
          : { ...told, outcome: 'no_agent' };
        const view = forwardedModal({
          outcome,
          decision: made,
          answerMinutes,
          isOpened: found,
          isAdministrator: false,
        });
        expectModal(view);
        expectHarmless(view.blocks);
      }),
      { numRuns: 60 },
    );
  });
});
