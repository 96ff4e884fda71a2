import { beforeEach, expect, it } from '@jest/globals';
import type { Notice } from '../../../src/domain/notice.ts';
import { homeOf } from '../../../src/services/home/show.ts';
import { dismiss, tryAgain } from '../../../src/services/undelivered/decide.ts';
import { undeliveredList, undeliveredNews } from '../../../src/services/undelivered/list.ts';
import { tellUndelivered } from '../../../src/services/undelivered/tell.ts';
import { transaction } from '../../../src/store/db.ts';
import { setEventAside, storeEvent } from '../../../src/store/inbox.ts';
import { markDone } from '../../../src/store/outbox-marks.ts';
import { announce, claimNotices, setAside } from '../../../src/store/outbox.ts';
import { actor, ask, makeSupport } from '../../support/help.ts';
import { makeAdministrator, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const root = actor('UROOT');

describeOnBoth('what could not be delivered', (on) => {
  let deps: TestDeps;
  let conversationId: string;
  let requestId: string;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps);
    await makeAdministrator(deps.db, 'UROOT');
    await makeAdministrator(deps.db, 'UTWO');
    ({ conversationId, requestId } = await ask(deps));
    await deps.db('notices').delete();
  });

  const tell = (...notices: Notice[]) =>
    transaction(deps.db, (trx) => announce(trx, 'T1', notices, { now: deps.now(), newId: deps.newId }));
  const claim = () => claimNotices(deps.db, { now: deps.now(), leaseMs: 60_000, limit: 8 });
  /** Announces one and lets Slack refuse it. */
  async function refuse(notice: Notice, error = 'channel_not_found'): Promise<string> {
    await tell(notice);
    const [row] = await claim();
    if (row === undefined) throw new Error('nothing to claim');
    await setAside(deps.db, row, { error, now: deps.now() });
    return row.id;
  }
  const card = (): Notice => ({ kind: 'help.card', conversationId, requestId });
  async function loseEvent(eventId = 'E1'): Promise<void> {
    const body = { event: { type: 'member_joined_channel', channel: 'CHELP', user: 'UGUS' } };
    await storeEvent(deps.db, { workspaceId: 'T1', eventId, body, now: deps.now() });
    await setEventAside(deps.db, { workspaceId: 'T1', eventId, body }, { error: 'bug', now: deps.now() });
  }
  const stateOf = async (id: string) =>
    (await deps.db('notices').where({ id }).first<{ state: string } | undefined>('state'))?.state;
  const told = async () => (await noticesOf(deps.db)).filter(({ kind }) => kind === 'undelivered');

  it('is listed for administrators: what, for whom, where and why, what was set aside last first', async () => {
    await refuse({ kind: 'person.welcomed', userId: 'UBEN', expertiseIds: [], deskIds: [] }, 'messages_tab_disabled');
    deps.clock.advance({ minutes: 1 });
    await refuse(card());
    deps.clock.advance({ minutes: 1 });
    await loseEvent();
    const { items, count, pages } = await undeliveredList(deps, root);
    expect({ count, pages }).toEqual({ count: 3, pages: 1 });
    expect(items).toMatchObject([
      { what: 'event', kind: 'member_joined_channel', userId: 'UGUS', channelId: 'CHELP', error: 'bug' },
      { what: 'notice', kind: 'help.card', place: { channelId: 'CACME' }, error: 'channel_not_found' },
      { what: 'notice', kind: 'person.welcomed', userId: 'UBEN', error: 'messages_tab_disabled' },
    ]);
  });

  it('names who is called or was to be told, though the notice does not', async () => {
    const { id } = await deps.db('calls').where({ user_id: 'UBEN' }).first<{ id: string }>('id');
    await refuse({ kind: 'help.called_direct', conversationId, requestId, callId: id });
    await refuse({ kind: 'asker.told', conversationId, requestId, what: 'waiting' });
    const people = (await undeliveredList(deps, root)).items.map(({ userId }) => userId);
    expect(people.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['UANA', 'UBEN']);
  });

  it('is turned page by page, and the last page is shown where there are fewer', async () => {
    for (let i = 0; i < 16; i += 1) await refuse({ ...card(), requestId: `r${i}` } as Notice);
    expect(await undeliveredList(deps, root)).toMatchObject({ count: 16, page: 0, pages: 2 });
    expect((await undeliveredList(deps, root, 1)).items).toHaveLength(1);
    expect(await undeliveredList(deps, root, 7)).toMatchObject({ page: 1 });
  });

  it('goes to the end of its lane when it is tried again, and is looked for first', async () => {
    const id = await refuse(card());
    await tell({ ...card(), kind: 'help.over' } as Notice);
    const [later] = await claim();
    expect(await tryAgain(deps, root, { what: 'notice', id })).toBe(1);
    expect(await claim()).toEqual([]);
    if (later) await markDone(deps.db, [later], deps.now());
    expect(await claim()).toMatchObject([{ id, state: 'sending', attempts: 1 }]);
  });

  it('has another hour from then on', async () => {
    const id = await refuse(card());
    deps.clock.advance({ days: 3 });
    await tryAgain(deps, root, { what: 'notice', id });
    expect(await claim()).toMatchObject([{ id, tryingSince: deps.now().toISOString() }]);
  });

  it('keeps the order of what is put back together', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 3; i += 1) ids.push(await refuse({ ...card(), requestId: `r${i}` } as Notice));
    expect(await tryAgain(deps, root)).toBe(3);
    for (const id of ids) {
      const [head] = await claim();
      expect(head?.id).toBe(id);
      if (head) await markDone(deps.db, [head], deps.now());
    }
  });

  it('is decided about once: the second administrator changes nothing', async () => {
    const id = await refuse(card());
    expect(await tryAgain(deps, root, { what: 'notice', id })).toBe(1);
    const [head] = await claim();
    if (head) await markDone(deps.db, [head], deps.now());
    expect(await tryAgain(deps, actor('UTWO'), { what: 'notice', id })).toBe(0);
    expect(await dismiss(deps, actor('UTWO'), { what: 'notice', id })).toBe(0);
    expect(await stateOf(id)).toBe('done');
  });

  it('can be dismissed, one or all', async () => {
    const id = await refuse(card());
    await refuse({ kind: 'person.welcomed', userId: 'UBEN', expertiseIds: [], deskIds: [] });
    await loseEvent();
    expect(await dismiss(deps, root, { what: 'notice', id })).toBe(1);
    expect(await stateOf(id)).toBe('dismissed');
    expect(await dismiss(deps, root)).toBe(2);
    expect(await undeliveredList(deps, root)).toMatchObject({ count: 0, items: [] });
    expect(await claim()).toEqual([]);
  });

  it('includes events, which are worked on again', async () => {
    await loseEvent();
    expect(await tryAgain(deps, root, { what: 'event', id: 'E1' })).toBe(1);
    expect(await deps.db('inbox').first('state', 'attempts')).toEqual({ state: 'waiting', attempts: 0 });
  });

  it('never mistakes a notice for an event of the same id', async () => {
    const id = await refuse(card());
    await loseEvent(id);
    expect(await dismiss(deps, root, { what: 'event', id })).toBe(1);
    expect(await stateOf(id)).toBe('set_aside');
  });

  it('stands on the Home of administrators, only while there is something', async () => {
    expect(await homeOf(deps, root)).toMatchObject({ undelivered: undefined });
    await refuse(card());
    expect(await homeOf(deps, root)).toMatchObject({ undelivered: { notices: 1, events: 0 } });
    expect(await homeOf(deps, actor('UANA'))).toMatchObject({ undelivered: undefined });
  });

  it('is told to every administrator after a minute, and then not again for an hour', async () => {
    await refuse(card());
    await tellUndelivered(deps, 'T1');
    await tellUndelivered(deps, 'T1');
    expect(await told()).toHaveLength(2);
    const due = async () =>
      new Set(
        await deps.db('notices').where('lane', 'like', 'undelivered:%').where({ state: 'waiting' }).pluck('due_at'),
      );
    const first = new Date(deps.now().getTime() + 60_000);
    expect(await due()).toEqual(new Set([first.toISOString()]));
    deps.clock.advance({ minutes: 2 });
    for (const row of await claim()) await markDone(deps.db, [row], deps.now());
    await tellUndelivered(deps, 'T1');
    await tellUndelivered(deps, 'T1');
    expect(await told()).toHaveLength(4);
    expect(await due()).toEqual(new Set([new Date(first.getTime() + 3_600_000).toISOString()]));
  });

  it('is not told when all is well by then, nor to somebody who is no administrator any more', async () => {
    expect(await undeliveredNews(deps, root)).toBeUndefined();
    await refuse(card());
    expect(await undeliveredNews(deps, root)).toEqual({ notices: 1, events: 0 });
    expect(await undeliveredNews(deps, actor('UANA'))).toBeUndefined();
  });

  it('is an administrator’s alone', async () => {
    const ana = actor('UANA');
    for (const act of [() => undeliveredList(deps, ana), () => tryAgain(deps, ana), () => dismiss(deps, ana)]) {
      await expect(act()).rejects.toMatchObject({ code: 'not_allowed' });
    }
  });

  it('of another workspace is neither seen nor decided about', async () => {
    await refuse(card());
    await deps.db('notices').update({ workspace_id: 'T2' });
    expect(await undeliveredList(deps, root)).toMatchObject({ count: 0 });
    expect(await tryAgain(deps, root)).toBe(0);
    expect(await dismiss(deps, root)).toBe(0);
  });
});
