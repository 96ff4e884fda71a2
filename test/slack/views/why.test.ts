import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Place } from '../../../src/domain/place.ts';
import { leftOutInWords, whyModal } from '../../../src/slack/views/why.ts';
import { expectModal } from '../../support/forms.ts';
import { decision } from './deciding.ts';
import { expectHarmless, place } from './nasty.ts';

const at = fc.sample(place, { numRuns: 1, seed: 1 })[0] as Place;

describe('why this agent', () => {
  it('is valid and harmless with any choices', () => {
    fc.assert(
      fc.property(place, fc.array(decision, { maxLength: 10 }), fc.boolean(), (where, decisions, isAdministrator) => {
        const view = whyModal({ ...where, conversationId: 'c1', decisions, isAdministrator });
        expectModal(view);
        expectHarmless(view.blocks);
      }),
      { numRuns: 60 },
    );
  });

  it('says where nothing was forwarded what would show who would be chosen', () => {
    const view = whyModal({ ...at, conversationId: 'c1', decisions: [], isAdministrator: false });
    expect(JSON.stringify(view.blocks)).toContain('/livechat forward');
    expect(view.title.text).toBe('Why nobody?');
  });

  it('asks why nobody where nobody was chosen', () => {
    const made = fc.sample(decision, { numRuns: 50, seed: 3 });
    for (const one of made) {
      const view = whyModal({ ...at, conversationId: 'c1', decisions: [one], isAdministrator: false });
      expect(view.title.text).toBe(one.considered.length === 0 ? 'Why nobody?' : 'Why this agent?');
    }
  });

  it('says in which order people were compared, one thing a line', () => {
    const [one] = fc.sample(decision, { numRuns: 1, seed: 3 });
    if (one === undefined) throw new Error('no decision');
    const words = (order: 'expertise_first' | 'language_first') => {
      const decisions = [{ ...one, deskName: 'Support', record: { ...one.record, order, isExplicit: false } }];
      return JSON.stringify(whyModal({ ...at, conversationId: 'c1', decisions, isAdministrator: false }).blocks);
    };
    expect(words('expertise_first')).toContain(
      '*Order*  expertise first (desk Support)\\n1. known to be there\\n2. knows most about it\\n3. speaks the language',
    );
    expect(words('language_first')).toContain(
      'language first (desk Support)\\n1. had this customer before\\n2. speaks',
    );
  });

  it('tells only administrators who does not want to be disturbed or is in a huddle', () => {
    const leftOut = { away: 2, do_not_disturb: 1, in_huddle: 2, paused: 1 };
    expect(leftOutInWords(leftOut, true)).toBe(
      '6 agents of the desk were left out: 1 paused, 1 in do not disturb, 2 in a huddle and 2 away.',
    );
    expect(leftOutInWords(leftOut, false)).toBe(
      '6 agents of the desk were left out: 1 paused, 2 away and 3 not available.',
    );
    expect(leftOutInWords({ away: 1 }, false)).toBe('1 agent of the desk was left out: 1 away.');
    expect(leftOutInWords({}, true)).toBe('');
  });

  it('says of the turns of a forward how each ended', () => {
    const [one] = fc.sample(decision, { numRuns: 1, seed: 3 });
    if (one === undefined) throw new Error('no decision');
    const [who] = fc.sample(decision, { numRuns: 50, seed: 3 }).flatMap(({ considered }) => considered);
    const [own] = fc.sample(decision, { numRuns: 50, seed: 3 }).flatMap(({ turn }) => turn ?? []);
    if (who === undefined || own === undefined) throw new Error('nobody was chosen');
    const endings = [
      ['waiting', 'has it now'],
      ['timed_out', 'did not answer in time'],
      ['passed', 'passed it on'],
      ['failed', 'could not be added by Slack'],
    ] as const;
    const decisions = endings.map(([state]) => ({
      ...one,
      considered: [who],
      turn: { ...own, state, reason: 'ura_max_channels' },
    }));
    const shown = JSON.stringify(whyModal({ ...at, conversationId: 'c1', decisions, isAdministrator: false }).blocks);
    for (const [, words] of endings) expect(shown).toContain(words);
  });
});
