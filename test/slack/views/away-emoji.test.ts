import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { awayEmojiModal, changedAwayEmojiModal, readAwayEmojiChange } from '../../../src/slack/views/away-emoji.ts';
import { expectModal, submit, typedText } from '../../support/forms.ts';

const shown = [':palm_tree:', ':face_with_thermometer:'];
const typing = (text: string | null) => ({ away_emoji: { away_emoji: typedText(text) } });

describe('the form of out-of-office emoji', () => {
  it('is valid however many there are, and holds no change when nobody touched it', () => {
    const emoji = fc.uniqueArray(fc.stringMatching(/^:[a-z_]{1,90}:$/), { maxLength: 20 });
    fc.assert(
      fc.property(emoji, (all) => {
        expectModal(awayEmojiModal(all));
        expect(readAwayEmojiChange(submit(awayEmojiModal(all))).change).toEqual({ add: [], remove: [] });
      }),
      { numRuns: 30 },
    );
  });

  it('gives what was added and what was taken out', () => {
    const form = submit(awayEmojiModal(shown), typing(':palm_tree: :baby:'));
    expect(readAwayEmojiChange(form)).toEqual({
      shown,
      change: { add: [':baby:'], remove: [':face_with_thermometer:'] },
    });
    expect(readAwayEmojiChange(submit(awayEmojiModal(shown), typing(null))).change).toEqual({ add: [], remove: shown });
  });

  it('says afterwards what somebody else changed', () => {
    expect(changedAwayEmojiModal({ emoji: shown, changedMeanwhile: false })).toBeUndefined();
    const modal = changedAwayEmojiModal({ emoji: shown, changedMeanwhile: true });
    expectModal(modal);
    expect(JSON.stringify(modal)).toContain(':palm_tree: :face_with_thermometer:');
  });
});
