import { beforeEach, expect, it } from '@jest/globals';
import { preferences } from '../../../src/services/agent/preferences.ts';
import { savePreferences, type PreferencesChange } from '../../../src/services/agent/save-preferences.ts';
import { findCaller } from '../../../src/store/callers.ts';
import {
  makeAdministrator,
  makeAgent,
  makeDesk,
  makeExpertise,
  makePerson,
  makeWorkspace,
  type TestDeps,
} from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const ana = { workspaceId: 'T1', userId: 'UANA' };
const nothing = { add: [], remove: [] };

describeOnBoth('preferences', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db);
    await makePerson(deps.db, 'UANA', { locale: 'pt-BR' });
    await makeDesk(deps.db);
    await makeExpertise(deps.db, 'Billing');
  });

  const save = (change: Partial<PreferencesChange> = {}) =>
    savePreferences(deps, ana, { version: 0, pause: 'keep', expertise: nothing, desks: nothing, ...change });

  it('begin with the Slack locale as language, and with what holds for everybody', async () => {
    expect(await preferences(deps, ana)).toEqual({
      version: 0,
      isAdministrator: false,
      displayName: 'Ana',
      liveChatName: '',
      languages: ['pt'],
      expertise: [],
      catalogue: { kind: 'all', choices: [{ id: 'billing', name: 'Billing' }] },
      desks: [{ id: 'support', name: 'Support', mine: false }],
      takes: 'any',
      pausedUntil: undefined,
      calledBy: 'mention',
      callsAnHour: 4,
    });
  });

  it('show a desk in a workspace nobody has set up', async () => {
    await deps.db('desks').delete();
    expect((await preferences(deps, ana)).desks).toEqual([{ id: 'id1', name: 'Support', mine: false }]);
  });

  it('are for full members', async () => {
    await makePerson(deps.db, 'UGUS', { isGuest: true });
    const gus = { workspaceId: 'T1', userId: 'UGUS' };
    await expect(preferences(deps, gus)).rejects.toMatchObject({ code: 'not_allowed' });
    const saving = savePreferences(deps, gus, { version: 0, pause: 'keep', expertise: nothing, desks: nothing });
    await expect(saving).rejects.toMatchObject({ code: 'not_allowed' });
  });

  it('keep everything somebody chose', async () => {
    await save({
      liveChatName: { from: '', to: ' Ana  K. ' },
      languages: { from: ['pt'], to: ['de', 'en'] },
      takes: { from: 'any', to: 'help' },
      pause: '2h',
      calledBy: { from: 'mention', to: 'direct' },
      callsAnHour: { from: 4, to: 10 },
      expertise: { add: ['billing'], remove: [] },
      desks: { add: ['support'], remove: [] },
    });
    expect(await preferences(deps, ana)).toMatchObject({
      liveChatName: 'Ana K.',
      languages: ['de', 'en'],
      expertise: [{ id: 'billing', name: 'Billing' }],
      desks: [{ id: 'support', name: 'Support', mine: true }],
      takes: 'help',
      pausedUntil: '2026-03-02T11:00:00.000Z',
      calledBy: 'direct',
      callsAnHour: 10,
    });
  });

  it('make an agent of somebody who joins a desk, and none of who leaves all', async () => {
    const isAgent = async () => (await findCaller(deps.db, 'T1', 'UANA'))?.isOnDesk;
    await save({ desks: { add: ['support'], remove: [] } });
    expect(await isAgent()).toBe(true);
    await save({ version: 1, desks: { add: [], remove: ['support'] } });
    expect(await isAgent()).toBe(false);
    expect(await noticesOf(deps.db)).toEqual([]);
  });

  it('end a pause by themselves, or when told so', async () => {
    await save({ pause: '30m' });
    expect((await preferences(deps, ana)).pausedUntil).toBe('2026-03-02T09:30:00.000Z');
    await save({ version: 2, pause: 'keep' });
    expect((await preferences(deps, ana)).pausedUntil).toBe('2026-03-02T09:30:00.000Z');
    deps.clock.advance({ minutes: 30 });
    expect((await preferences(deps, ana)).pausedUntil).toBeUndefined();
    await save({ pause: 'morning' });
    await save({ pause: 'none' });
    expect((await preferences(deps, ana)).pausedUntil).toBeUndefined();
  });

  it('pause until a date, and keep everything as it was where that is over', async () => {
    await save({ pause: 'date', pauseDate: '2026-03-20' });
    expect((await preferences(deps, ana)).pausedUntil).toBe('2026-03-20T07:00:00.000Z');
    const late = save({ pause: 'date', pauseDate: '2026-03-01', liveChatName: { from: '', to: 'Ana K.' } });
    await expect(late).rejects.toMatchObject({ code: 'invalid', field: 'pause_until' });
    expect((await preferences(deps, ana)).liveChatName).toBe('');
  });

  it('ask for the country of who is on a desk that puts language first, and of nobody else', async () => {
    await save({ desks: { add: ['support'], remove: [] } });
    expect((await preferences(deps, ana)).country).toBeUndefined();
    await deps.db('desks').update({ selection_order: 'language_first' });
    expect((await preferences(deps, ana)).country).toBe('');
    await save({ version: 1, country: { from: '', to: 'PT' } });
    expect((await preferences(deps, ana)).country).toBe('PT');
    expect(await save({ version: 1, country: { from: '', to: 'BR' } })).toMatchObject({ stayed: ['country'] });
    await expect(save({ country: { from: 'PT', to: 'XX' } })).rejects.toMatchObject({ code: 'invalid' });
    await save({ version: 2, country: { from: 'PT', to: '' } });
    expect((await preferences(deps, ana)).country).toBe('');
  });

  it('go back to the Slack locale when all languages are taken out', async () => {
    await save({ languages: { from: ['pt'], to: ['de'] } });
    await save({ version: 2, languages: { from: ['de'], to: [] } });
    expect((await preferences(deps, ana)).languages).toEqual(['pt']);
  });

  it('saved in two tabs keep what each changed, and say what both did', async () => {
    await makeAgent(deps.db, 'UANA', { desks: ['support'] });
    const first = await save({ version: 1, takes: { from: 'any', to: 'mine' }, callsAnHour: { from: 4, to: 2 } });
    expect(first).toMatchObject({ stayed: [], changedMeanwhile: false });
    const second = await save({
      version: 1,
      takes: { from: 'any', to: 'help' },
      calledBy: { from: 'mention', to: 'none' },
    });
    expect(second).toMatchObject({ stayed: ['takes'], changedMeanwhile: true });
    expect(await preferences(deps, ana)).toMatchObject({ takes: 'mine', calledBy: 'none', callsAnHour: 2 });
  });

  it('leave alone what an administrator gave meanwhile', async () => {
    await makeExpertise(deps.db, 'Shipping');
    await makeAgent(deps.db, 'UANA', { expertise: ['billing'] });
    await save({ version: 1, expertise: { add: ['shipping'], remove: [] } });
    expect((await preferences(deps, ana)).expertise.map(({ id }) => id)).toEqual(['billing', 'shipping']);
  });

  it('say which expertise and desks were deleted while the form was open, and save the rest', async () => {
    const saved = await save({
      expertise: { add: ['billing', 'gone'], remove: ['gone-too'] },
      desks: { add: ['closed', 'support'], remove: [] },
    });
    expect(saved).toMatchObject({ goneExpertise: ['gone'], goneDesks: ['closed'] });
    expect((await preferences(deps, ana)).expertise.map(({ id }) => id)).toEqual(['billing']);
    expect((await preferences(deps, ana)).desks[0]?.mine).toBe(true);
  });

  it.each([
    ['a live chat name of 61 characters', { liveChatName: { from: '', to: 'x'.repeat(61) } }, 'live_chat_name'],
    ['eleven calls an hour', { callsAnHour: { from: 4, to: 11 } }, 'calls_an_hour'],
    ['a language nobody offers', { languages: { from: [], to: ['xx'] } }, undefined],
  ])('refuse %s and save nothing', async (_what, change, field) => {
    await expect(save({ ...change, pause: '2h' })).rejects.toMatchObject({ code: 'invalid', field });
    expect(await preferences(deps, ana)).toMatchObject({ version: 0, pausedUntil: undefined });
  });

  it('ask for a search of expertise where there are more than a hundred', async () => {
    for (let index = 0; index < 100; index += 1) await makeExpertise(deps.db, `Topic ${index}`);
    await makeAdministrator(deps.db, 'UANA');
    expect(await preferences(deps, ana)).toMatchObject({ catalogue: { kind: 'search' }, isAdministrator: true });
  });

  it('of one workspace are not those of another with equal ids', async () => {
    await makeWorkspace(deps.db, 'T2');
    await makePerson(deps.db, 'UANA', { workspaceId: 'T2' });
    const elsewhere = { workspaceId: 'T2', userId: 'UANA' };
    const change = {
      version: 0,
      pause: '2h' as const,
      expertise: { add: ['billing'], remove: [] },
      desks: { add: ['support'], remove: [] },
    };
    expect(await savePreferences(deps, elsewhere, change)).toMatchObject({
      goneExpertise: ['billing'],
      goneDesks: ['support'],
    });
    expect(await preferences(deps, ana)).toMatchObject({ version: 0, pausedUntil: undefined });
  });
});
