import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Preferences } from '../../../src/services/agent/preferences.ts';
import { pauseModal, readPause } from '../../../src/slack/views/pause.ts';
import { withPauseDate } from '../../../src/slack/views/pause-input.ts';
import { preferencesModal, readPreferences, savedPreferencesModal } from '../../../src/slack/views/preferences.ts';
import { choices, chosen, expectModal, name, submit, typedText } from '../../support/forms.ts';

describe('the preferences form', () => {
  const preferences: fc.Arbitrary<Preferences> = fc
    .record({
      version: fc.nat(9),
      isAdministrator: fc.boolean(),
      displayName: fc.oneof(fc.constant(''), fc.constant('W'.repeat(255)), name),
      liveChatName: fc.oneof(fc.constant(''), name),
      languages: fc.uniqueArray(fc.constantFrom('de', 'en', 'zh', 'aa', 'zu'), { maxLength: 5 }),
      expertise: choices(1000),
      catalogue: fc.oneof(
        fc.constant({ kind: 'search' as const }),
        choices(100).map((all) => ({ kind: 'all' as const, choices: all })),
      ),
      desks: choices(300).map((all) => all.map((desk, i) => ({ ...desk, mine: i % 2 === 0 }))),
      takes: fc.constantFrom('any' as const, 'mine' as const, 'help' as const),
      pausedUntil: fc.option(fc.constant('2026-03-02T11:00:00.000Z'), { nil: undefined }),
      calledBy: fc.constantFrom('mention' as const, 'direct' as const, 'none' as const),
      callsAnHour: fc.integer({ min: 1, max: 10 }),
      country: fc.constantFrom(undefined, '', 'PT', 'ZW'),
    })
    // There is always a desk, and somebody's expertise is of the catalogue.
    .map((data) => ({
      ...data,
      desks: data.desks.length > 0 ? data.desks : [{ id: 'd', name: 'Support', mine: false }],
      expertise: data.catalogue.kind === 'all' ? data.catalogue.choices.filter((_, i) => i % 3 === 0) : data.expertise,
    }));

  it('is valid with any data', () => {
    fc.assert(
      fc.property(preferences, (data) => expectModal(preferencesModal(data))),
      { numRuns: 50 },
    );
  });

  it('holds no change when nobody touched it', () => {
    fc.assert(
      fc.property(preferences, (data) => {
        expect(readPreferences(submit(preferencesModal(data)))).toEqual({
          version: data.version,
          liveChatName: undefined,
          languages: undefined,
          takes: undefined,
          pause: 'keep',
          calledBy: undefined,
          callsAnHour: undefined,
          expertise: { add: [], remove: [] },
          desks: { add: [], remove: [] },
        });
      }),
      { numRuns: 50 },
    );
  });

  const plainOnes: Preferences = {
    version: 2,
    isAdministrator: false,
    displayName: 'Ana',
    liveChatName: '',
    languages: ['en'],
    expertise: [],
    catalogue: { kind: 'all', choices: [{ id: 'e1', name: 'Billing' }] },
    desks: [{ id: 'd1', name: 'Support', mine: true }],
    takes: 'any',
    pausedUntil: undefined,
    calledBy: 'mention',
    callsAnHour: 4,
    country: undefined,
  };
  it('gives every change', () => {
    const form = submit(preferencesModal(plainOnes), {
      live_chat_name: { live_chat_name: typedText('Ana K.') },
      languages: { languages: chosen('multi_static_select', 'de', 'en') },
      expertise: { expertise: chosen('multi_static_select', 'e1') },
      desks: { desks: chosen('multi_static_select') },
      takes: { takes: chosen('radio_buttons', 'help') },
      pause: { pause: chosen('static_select', 'morning') },
      called_by: { called_by: chosen('radio_buttons', 'none') },
      calls_an_hour: { calls_an_hour: chosen('static_select', '7') },
    });
    expect(readPreferences(form)).toEqual({
      version: 2,
      liveChatName: { from: '', to: 'Ana K.' },
      languages: { from: ['en'], to: ['de', 'en'] },
      expertise: { add: ['e1'], remove: [] },
      desks: { add: [], remove: ['d1'] },
      takes: { from: 'any', to: 'help' },
      pause: 'morning',
      calledBy: { from: 'mention', to: 'none' },
      callsAnHour: { from: 4, to: 7 },
    });
  });

  it('shows until when a pause goes on, and can end it', () => {
    const modal = preferencesModal({ ...plainOnes, pausedUntil: '2026-03-02T11:00:00.000Z' });
    expect(JSON.stringify(modal)).toContain('You are paused until <!date^1772449200^');
    expect(JSON.stringify(modal)).toContain('Keep pause');
    const ended = submit(modal, { pause: { pause: chosen('static_select', 'none') } });
    expect(readPreferences(ended).pause).toBe('none');
  });

  it('shows the day to choose while a pause until a date is chosen, and keeps what was typed', () => {
    const modal = preferencesModal(plainOnes);
    const choosing = withPauseDate(modal, 'date');
    expectModal(choosing);
    const at = choosing.blocks.findIndex((block) => block.block_id === 'pause_until');
    expect(choosing.blocks[at - 1]?.block_id).toBe('pause');
    expect(withPauseDate(choosing, 'date')).toEqual(choosing);
    expect(withPauseDate(choosing, '2h')).toEqual(modal);
    const form = submit(choosing, {
      pause: { pause: chosen('static_select', 'date') },
      pause_until: { pause_until: { type: 'datepicker', selected_date: '2026-03-20' } },
    });
    expect(readPreferences(form)).toMatchObject({ pause: 'date', pauseDate: '2026-03-20', liveChatName: undefined });
  });

  it('offers the same on Home', () => {
    expectModal(pauseModal());
    expect(readPause(submit(pauseModal()))).toEqual({ how: '30m', date: '' });
    const form = submit(withPauseDate(pauseModal(), 'date'), {
      pause: { pause: chosen('radio_buttons', 'date') },
      pause_until: { pause_until: { type: 'datepicker', selected_date: '2026-03-20' } },
    });
    expect(readPause(form)).toEqual({ how: 'date', date: '2026-03-20' });
  });

  it('asks for the country only where it matters', () => {
    expect(JSON.stringify(preferencesModal(plainOnes))).not.toContain('Country');
    const form = submit(preferencesModal({ ...plainOnes, country: '' }), {
      country: { country: chosen('static_select', 'PT') },
    });
    expect(readPreferences(form).country).toEqual({ from: '', to: 'PT' });
  });

  it('explains who can create expertise where there is none', () => {
    const empty = { ...plainOnes, catalogue: { kind: 'all' as const, choices: [] } };
    expect(JSON.stringify(preferencesModal(empty))).toContain('Administrators add it with');
    expect(JSON.stringify(preferencesModal({ ...empty, isAdministrator: true }))).toContain('Add the first one with');
    expect(readPreferences(submit(preferencesModal(empty))).expertise).toEqual({ add: [], remove: [] });
  });

  it('leaves alone expertise it has no room to show', () => {
    const many = Array.from({ length: 150 }, (_, i) => ({ id: `e${i}`, name: `Topic ${i}` }));
    const modal = preferencesModal({ ...plainOnes, catalogue: { kind: 'search' }, expertise: many });
    const form = submit(modal, { expertise: { expertise: chosen('multi_external_select', 'e0', 'e999') } });
    const { add, remove } = readPreferences(form).expertise;
    expect(add).toEqual(['e999']);
    expect(remove).toHaveLength(99);
    expect(remove).not.toContain('e120');
  });

  it('says afterwards that it is saved, what that means, and what was deleted or changed elsewhere', () => {
    const form = submit(preferencesModal(plainOnes), { expertise: { expertise: chosen('multi_static_select', 'e1') } });
    const nothing = {
      desks: ['Support', '<!here>'],
      goneExpertise: [],
      goneDesks: [],
      stayed: [],
      changedMeanwhile: false,
    };
    const saved = savedPreferencesModal(nothing, form);
    expectModal(saved);
    expect(JSON.stringify(saved)).toMatch(/Saved\.[^]*You are an agent of Support, &lt;!here&gt;\./);
    expect(JSON.stringify(saved)).not.toContain('Open again');
    expect(JSON.stringify(savedPreferencesModal({ ...nothing, desks: [] }, form))).toContain('You are on no desk');
    const modal = savedPreferencesModal({ ...nothing, goneExpertise: ['e1'], stayed: ['takes'] }, form);
    expectModal(modal);
    expect(JSON.stringify(modal)).toContain('“Name of e1” was deleted meanwhile');
    expect(JSON.stringify(modal)).toContain('which conversations');
  });
});
