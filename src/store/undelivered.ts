/** What waits for an administrator: notices that could not be delivered and events that could not be worked on. */
import { laneOf, type Notice } from '../domain/notice.ts';
import { isPostgres, type Handle, type Trx } from './db.ts';
import { readJson } from './json.ts';
import { takeNumbers } from './outbox.ts';

export type Undelivered = { readonly id: string; readonly error: string; readonly setAsideAt: string } & (
  | { readonly what: 'notice'; readonly notice: Notice; readonly since: string }
  | { readonly what: 'event'; readonly body: Record<string, unknown>; readonly since: string }
);

/** One of them: what it is, and its id. */
export type UndeliveredRef = Pick<Undelivered, 'what' | 'id'>;

export type UndeliveredCount = { readonly notices: number; readonly events: number };

const asideIn = (db: Handle, table: 'notices' | 'inbox', workspaceId: string) =>
  db(table).where({ workspace_id: workspaceId, state: 'set_aside' });

export async function countUndelivered(db: Handle, workspaceId: string): Promise<UndeliveredCount> {
  const row = await db
    .select<{ notices: number | string; events: number | string }[]>(
      asideIn(db, 'notices', workspaceId).count('*').as('notices'),
      asideIn(db, 'inbox', workspaceId).count('*').as('events'),
    )
    .first();
  return { notices: Number(row?.notices ?? 0), events: Number(row?.events ?? 0) };
}

type NoticeRow = { id: string; notice: string; last_error: string; set_aside_at: string; created_at: string };
type EventRow = { event_id: string; body: string; last_error: string; set_aside_at: string; received_at: string };

async function listNotices(db: Handle, workspaceId: string, limit: number): Promise<Undelivered[]> {
  const rows = await asideIn(db, 'notices', workspaceId)
    .orderBy([{ column: 'set_aside_at', order: 'desc' }, { column: 'id' }])
    .limit(limit)
    .select<NoticeRow[]>(['id', 'notice', 'last_error', 'set_aside_at', 'created_at']);
  return rows.map((row) => ({
    what: 'notice',
    id: row.id,
    notice: readJson<Notice>(row.notice),
    error: row.last_error,
    setAsideAt: row.set_aside_at,
    since: row.created_at,
  }));
}

async function listEvents(db: Handle, workspaceId: string, limit: number): Promise<Undelivered[]> {
  const rows = await asideIn(db, 'inbox', workspaceId)
    .orderBy([{ column: 'set_aside_at', order: 'desc' }, { column: 'event_id' }])
    .limit(limit)
    .select<EventRow[]>(['event_id', 'body', 'last_error', 'set_aside_at', 'received_at']);
  return rows.map((row) => ({
    what: 'event',
    id: row.event_id,
    body: readJson<Record<string, unknown>>(row.body),
    error: row.last_error,
    setAsideAt: row.set_aside_at,
    since: row.received_at,
  }));
}

/** Those set aside last come first. */
export async function listUndelivered(
  db: Handle,
  workspaceId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<Undelivered[]> {
  const reach = offset + limit;
  const all = [...(await listNotices(db, workspaceId, reach)), ...(await listEvents(db, workspaceId, reach))];
  return all.sort((a, b) => (a.setAsideAt < b.setAsideAt ? 1 : -1)).slice(offset, reach);
}

type AsideRow = { id: string; notice: string };

/** Locks them, in the order in which they were announced, so that of two administrators one puts each back. */
async function asideNotices(trx: Trx, workspaceId: string, id: string | undefined): Promise<AsideRow[]> {
  const query = asideIn(trx, 'notices', workspaceId).orderBy(['lane', 'number']);
  if (id !== undefined) query.where({ id });
  if (isPostgres(trx)) query.forUpdate();
  return query.select<AsideRow[]>(['id', 'notice']);
}

/**
 * Notices go to the end of their lane: what was announced after them may be on its way or sent. A message that may exist is looked for
 * before it is created again.
 */
async function putNoticesBack(trx: Trx, workspaceId: string, now: Date, id?: string): Promise<number> {
  const rows = (await asideNotices(trx, workspaceId, id)).map((row) => ({
    id: row.id,
    lane: laneOf(readJson<Notice>(row.notice)),
  }));
  if (rows.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const { lane } of rows) counts.set(lane, (counts.get(lane) ?? 0) + 1);
  const last = await takeNumbers(trx, workspaceId, counts);
  for (const { id: noticeId, lane } of rows.toReversed()) {
    const number = last.get(lane) ?? 0;
    last.set(lane, number - 1);
    await asideIn(trx, 'notices', workspaceId).where({ id: noticeId }).update({
      number,
      state: 'sending',
      attempts: 0,
      due_at: now.toISOString(),
      trying_since: now.toISOString(),
      set_aside_at: null,
    });
  }
  return rows.length;
}

const putEventsBack = (trx: Trx, workspaceId: string, now: Date, eventId?: string): Promise<number> =>
  asideIn(trx, 'inbox', workspaceId)
    .where({ ...(eventId !== undefined && { event_id: eventId }) })
    .update({ state: 'waiting', attempts: 0, due_at: now.toISOString(), set_aside_at: null });

/** Puts one back, or everything; how many that were. Of two who do so at once each counts those they put back. */
export async function putBack(trx: Trx, workspaceId: string, now: Date, ref?: UndeliveredRef): Promise<number> {
  const notices = ref?.what === 'event' ? 0 : await putNoticesBack(trx, workspaceId, now, ref?.id);
  const events = ref?.what === 'notice' ? 0 : await putEventsBack(trx, workspaceId, now, ref?.id);
  return notices + events;
}

/** Gives one up for good, or everything; how many that were. */
export async function dismissUndelivered(
  trx: Trx,
  workspaceId: string,
  now: Date,
  ref?: UndeliveredRef,
): Promise<number> {
  const notices = asideIn(trx, 'notices', workspaceId).where({ ...(ref && { id: ref.id }) });
  const events = asideIn(trx, 'inbox', workspaceId).where({ ...(ref && { event_id: ref.id }) });
  return (
    (ref?.what === 'event' ? 0 : await notices.update({ state: 'dismissed', sent_at: now.toISOString() })) +
    (ref?.what === 'notice' ? 0 : await events.update({ state: 'done', body: '{}' }))
  );
}

/** When administrators were, or will be, told of what was set aside; undefined: never. */
export async function undeliveredToldAt(trx: Trx, workspaceId: string): Promise<string | undefined> {
  const row = await trx('workspaces')
    .where({ id: workspaceId })
    .first<{ undelivered_told_at: string | null } | undefined>('undelivered_told_at');
  return row?.undelivered_told_at ?? undefined;
}

export const saveUndeliveredTold = async (trx: Trx, workspaceId: string, at: Date): Promise<void> => {
  await trx('workspaces').where({ id: workspaceId }).update({ undelivered_told_at: at.toISOString() });
};
