import { beforeEach, expect, it } from '@jest/globals';
import { EVERYTHING, lookingForHelp, type ListFilter } from '../../../src/services/help/list.ts';
import { hurryOwnHome } from '../../../src/services/home/hurry.ts';
import { refreshHomes } from '../../../src/services/home/refresh.ts';
import { homeOf, homePublished, isNewHome, lookedAtHome } from '../../../src/services/home/show.ts';
import { updateAgents } from '../../../src/store/agents.ts';
import { transaction } from '../../../src/store/db.ts';
import { actor, ask, makeSupport } from '../../support/help.ts';
import { channel, makeAdministrator, makeDesk, makePerson, makeWorkspace, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';

describeOnBoth('Home', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps);
  });

  const askIn = async (channelId: string, expertiseIds = ['billing']) => {
    deps.slack.facts.channels.set(channelId, channel(channelId));
    deps.slack.facts.members.set(channelId, ['UGUS']);
    return ask(deps, { channelId, expertiseIds });
  };

  it('shows nothing internal to guests, outsiders and people nobody knows', async () => {
    await askIn('C1');
    await makePerson(deps.db, 'UOUT', { isOutsider: true });
    for (const userId of ['UGUS', 'UOUT', 'UNEVERMET']) {
      expect(await homeOf(deps, actor(userId))).toEqual({ kind: 'customer' });
    }
    await expect(lookingForHelp(deps, actor('UGUS'))).rejects.toMatchObject({ code: 'not_allowed' });
  });

  it('shows what looks for help, the longest waiting first, with a star for who knows about it', async () => {
    await askIn('C1');
    deps.clock.advance({ minutes: 1 });
    await askIn('C2', []);
    expect(await homeOf(deps, actor('UBEN'))).toMatchObject({
      kind: 'team',
      isAgent: true,
      isAdministrator: false,
      waiting: {
        more: 0,
        rows: [
          { channelId: 'C1', wanted: ['Billing'], matched: ['Billing'], customers: ['Gus'], isIn: false },
          { channelId: 'C2', wanted: [], matched: [] },
        ],
      },
    });
    expect(await homeOf(deps, actor('UANA'))).toMatchObject({
      waiting: { rows: [{ matched: [], isIn: true }, { isIn: true }] },
      conversations: {
        rows: [{ channelId: 'C2' }, { channelId: 'C1', customers: ['Gus'], status: 'looking_for_help' }],
      },
    });
  });

  it('shows that nobody waits, and to an administrator that they are one', async () => {
    await makeAdministrator(deps.db, 'UROOT');
    expect(await homeOf(deps, actor('UROOT'))).toMatchObject({
      isAgent: false,
      isAdministrator: true,
      waiting: { rows: [], more: 0 },
      conversations: { rows: [], hasMore: false },
    });
  });

  it('filters the list by what I know, by the languages I speak, and by desk', async () => {
    await makeDesk(deps.db, 'Escalations');
    await makePerson(deps.db, 'UJULES', { isGuest: true, locale: 'fr-FR' });
    await askIn('C1');
    deps.clock.advance({ minutes: 1 });
    deps.slack.facts.members.set('C2', ['UJULES']);
    deps.slack.facts.channels.set('C2', channel('C2'));
    await ask(deps, { channelId: 'C2', expertiseIds: [] });
    await updateAgents(deps.db, 'T1', ['UBEN'], { languages: ['fr'] });
    const shown = async (filter: Partial<ListFilter>) =>
      (await lookingForHelp(deps, actor('UBEN'), { filter: { ...EVERYTHING, ...filter } })).rows.map(
        (row) => row.channelId,
      );
    expect(await shown({})).toEqual(['C1', 'C2']);
    expect(await shown({ mine: true })).toEqual(['C1']);
    expect(await shown({ myLanguages: true })).toEqual(['C2']);
    expect(await shown({ mine: true, myLanguages: true })).toEqual([]);
    expect(await shown({ deskId: 'support' })).toEqual(['C1', 'C2']);
    expect(await shown({ deskId: 'escalations' })).toEqual([]);
  });

  it('counts what there is no room for, page by page', async () => {
    for (let i = 0; i < 23; i += 1) {
      await askIn(`C${i}`);
      deps.clock.advance({ seconds: 1 });
    }
    const home = await homeOf(deps, actor('UBEN'));
    expect(home.kind === 'team' && [home.waiting.rows.length, home.waiting.more]).toEqual([20, 3]);
    const second = await lookingForHelp(deps, actor('UBEN'), { page: 1 });
    expect(second).toMatchObject({ page: 1, more: 0 });
    expect(second.rows.map(({ channelId }) => channelId)).toEqual(['C20', 'C21', 'C22']);
    await makePerson(deps.db, 'UBEN', { workspaceId: await makeWorkspace(deps.db, 'T2') });
    expect((await lookingForHelp(deps, actor('UBEN', 'T2'))).rows).toEqual([]);
  });

  it('is refreshed for who looked at it in the last ten minutes, the twenty most recent, once in five seconds', async () => {
    for (let i = 0; i < 25; i += 1) {
      await lookedAtHome(deps, actor(`U${String(i).padStart(2, '0')}`));
      deps.clock.advance({ seconds: 25 });
    }
    const refresh = () => transaction(deps.db, (trx) => refreshHomes(trx, deps, 'T1'));
    await refresh();
    await refresh();
    const rows = await deps.db('notices').orderBy('lane').select<{ lane: string; due_at: string }[]>('lane', 'due_at');
    expect(rows.map(({ lane }) => lane)).toEqual(
      Array.from({ length: 20 }, (_, i) => `home:U${String(i + 5).padStart(2, '0')}`),
    );
    expect(new Set(rows.map(({ due_at }) => Date.parse(due_at) - deps.now().getTime()))).toEqual(new Set([5000]));
    await deps.db('notices').delete();
    deps.clock.advance({ minutes: 10, milliseconds: 1 });
    await refresh();
    expect(await deps.db('notices').select()).toEqual([]);
  });

  it('of whoever did something is due at once, and only theirs', async () => {
    for (const userId of ['UBEN', 'UANA']) await lookedAtHome(deps, actor(userId));
    await transaction(deps.db, (trx) => refreshHomes(trx, deps, 'T1'));
    await hurryOwnHome(deps, actor('UBEN'));
    await hurryOwnHome(deps, actor('UANA', 'T2'));
    const rows = await deps.db('notices').orderBy('lane').select<{ lane: string; due_at: string }[]>('lane', 'due_at');
    expect(rows.map(({ lane, due_at: due }) => [lane, Date.parse(due) - deps.now().getTime()])).toEqual([
      ['home:UANA', 5000],
      ['home:UBEN', 0],
    ]);
  });

  it('is published again only when it shows something else, to each person by themselves', async () => {
    await lookedAtHome(deps, actor('UBEN'));
    expect(await isNewHome(deps, actor('UBEN'), 'hash')).toBe(true);
    await homePublished(deps, actor('UBEN'), 'hash');
    expect(await isNewHome(deps, actor('UBEN'), 'hash')).toBe(false);
    expect(await isNewHome(deps, actor('UBEN'), 'other')).toBe(true);
    expect(await isNewHome(deps, actor('UANA'), 'hash')).toBe(true);
    expect(await isNewHome(deps, actor('UBEN', 'T2'), 'hash')).toBe(true);
  });
});
