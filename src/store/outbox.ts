/** Notices on their way out: announced in the verb's transaction, claimed from the head of their lane, sent once. */
import { laneOf, type Notice } from '../domain/notice.ts';
import { withoutText } from '../domain/webhook.ts';
import { jsonOf } from '../domain/well-formed.ts';
import { isPostgres, type Db, type Handle, type Trx } from './db.ts';
import { readJson } from './json.ts';
import { together } from './together.ts';

/**
 * `waiting` → `claimed` → (`sending` before a message is created) → `done`, or `set_aside` where it can never succeed, until an
 * administrator has it tried again or `dismissed`.
 */
type NoticeState = 'waiting' | 'claimed' | 'sending' | 'done' | 'set_aside' | 'dismissed';

export type OutboxRow = {
  readonly id: string;
  readonly workspaceId: string;
  readonly lane: string;
  readonly notice: Notice;
  /** `sending`: an earlier attempt may have created the message; look for it before creating another. */
  readonly state: NoticeState;
  readonly attempts: number;
  readonly createdAt: string;
  /** Since when it has been tried: when it was announced, or when an administrator had it tried again. */
  readonly tryingSince: string;
};

type Row = {
  id: string;
  workspace_id: string;
  lane: string;
  notice: string;
  state: NoticeState;
  attempts: number;
  created_at: string;
  trying_since: string | null;
};

/**
 * What is still on its way. Word for word as the partial indexes of `notices` have it: of bound values SQLite would not know that they
 * hold these, and read whatever was sent within a week to find what is due.
 */
export const unfinished = (of = ''): string => `${of}state in ('waiting', 'claimed', 'sending')`;

const OVER: readonly NoticeState[] = ['done', 'set_aside', 'dismissed'];

const fromRow = (row: Row): OutboxRow => ({
  id: row.id,
  workspaceId: row.workspace_id,
  lane: row.lane,
  notice: readJson<Notice>(row.notice),
  state: row.state,
  attempts: row.attempts,
  createdAt: row.created_at,
  tryingSince: row.trying_since ?? row.created_at,
});

/** Each has workers of its own, so that what is slow at one holds up nothing at the other. */
export type Door = 'slack' | 'webhook';

const doorOf = ({ kind }: Notice): Door => (kind === 'webhook' ? kind : 'slack');

export type Announcement = { now: Date; newId: () => string; dueAt?: Date };

/** Takes `count` numbers of each lane and returns the last one taken. The rows stay locked until commit, so commit order is lane order. */
export async function takeNumbers(
  trx: Trx,
  workspaceId: string,
  counts: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  // Sorted, so that two transactions that share lanes lock them in the same order.
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const taken = await trx('lanes')
    .insert(rows.map(([lane, count]) => ({ workspace_id: workspaceId, lane, last_number: count })))
    .onConflict(['workspace_id', 'lane'])
    .merge({ last_number: trx.raw('lanes.last_number + excluded.last_number') })
    .returning<{ lane: string; last_number: number }[]>(['lane', 'last_number']);
  return new Map(taken.map((row) => [row.lane, row.last_number]));
}

/** Writes notices in the transaction of the change they tell of, in order: two statements however many there are. */
export async function announce(
  trx: Trx,
  workspaceId: string,
  notices: readonly Notice[],
  { now, newId, dueAt = now }: Announcement,
): Promise<void> {
  if (notices.length === 0) return;
  const counts = new Map<string, number>();
  for (const notice of notices) counts.set(laneOf(notice), (counts.get(laneOf(notice)) ?? 0) + 1);
  const behind = new Map(counts);
  const rows = notices.map((notice) => {
    const lane = laneOf(notice);
    const after = (behind.get(lane) ?? 1) - 1;
    behind.set(lane, after);
    return {
      id: newId(),
      workspace_id: workspaceId,
      lane,
      // Read from the lane's row, which is locked by then, so that this statement need not wait for the answer to the one before.
      number: trx.raw('(select last_number from lanes where workspace_id = ? and lane = ?) - ?', [
        workspaceId,
        lane,
        after,
      ]),
      notice: jsonOf(notice),
      goes_to: doorOf(notice),
      state: 'waiting',
      created_at: now.toISOString(),
      due_at: dueAt.toISOString(),
    };
  });
  await together(trx, [
    () => takeNumbers(trx, workspaceId, counts),
    async () => {
      await trx('notices').insert(rows);
    },
  ]);
}

/** What of these lanes waits for its turn. */
export const waitingIn = (db: Handle, workspaceId: string, lanes: readonly string[]) =>
  db('notices').where({ workspace_id: workspaceId, state: 'waiting' }).whereRaw(unfinished()).whereIn('lane', lanes);

/**
 * Announces notices of which one waiting in its lane is enough (a Home to be shown again): those whose lane has one waiting
 * already are dropped.
 */
export async function announceOnce(
  trx: Trx,
  workspaceId: string,
  notices: readonly Notice[],
  announcement: Announcement,
): Promise<void> {
  if (notices.length === 0) return;
  // An update, not a select: the row is locked until commit, so that it cannot be claimed and rendered from the state before.
  const waiting = await waitingIn(trx, workspaceId, notices.map(laneOf))
    .update({ state: 'waiting' })
    .returning<{ lane: string }[]>('lane');
  const lanes = new Set(waiting.map((row) => row.lane));
  await announce(
    trx,
    workspaceId,
    notices.filter((notice) => !lanes.has(laneOf(notice))),
    announcement,
  );
}

/** Claims the due heads of at most `limit` lanes for `leaseMs`; nobody else gets them until the lease ends. */
export async function claimNotices(
  db: Db,
  { now, leaseMs, limit, door = 'slack' }: { now: Date; leaseMs: number; limit: number; door?: Door },
): Promise<OutboxRow[]> {
  const heads = db('notices as head')
    .select('head.id')
    .where('head.goes_to', door)
    .whereRaw(unfinished('head.'))
    .where('head.due_at', '<=', now.toISOString())
    // Compared, not "none is earlier": that PostgreSQL may read as a join of all that waits with all that waits.
    .where(
      'head.number',
      db('notices as earlier')
        .min('number')
        .whereRaw('earlier.workspace_id = head.workspace_id and earlier.lane = head.lane')
        .whereRaw(unfinished('earlier.')),
    )
    .orderBy(['head.due_at', 'head.number'])
    .limit(limit);
  if (isPostgres(db)) heads.forUpdate('head').skipLocked();
  // Materialized: PostgreSQL may otherwise run the subquery again for each row, and every run claims `limit` more.
  const rows = await db('notices')
    .withMaterialized('heads', heads)
    .whereIn('id', db('heads').select('id'))
    .update({
      state: db.raw("case when state = 'sending' then 'sending' else 'claimed' end"),
      attempts: db.raw('attempts + 1'),
      due_at: new Date(now.getTime() + leaseMs).toISOString(),
    })
    .returning<Row[]>(['id', 'workspace_id', 'lane', 'notice', 'state', 'attempts', 'created_at', 'trying_since']);
  return rows.map(fromRow);
}

/** Whose notice it is: a claim that outlived its lease and was taken over by another worker decides nothing any more. */
export type Claim = Pick<OutboxRow, 'id' | 'attempts'>;

/**
 * The notices of claims that were tried equally often, as long as the claims hold. Not in the words of the partial indexes, through which
 * PostgreSQL would go, however much is unfinished, until it has counted that.
 */
export const heldOf = (db: Handle, attempts: number, ids: readonly string[]) =>
  db('notices').where({ attempts }).whereIn('id', ids).whereNotIn('state', OVER);

/** The notice of a claim, as long as the claim holds. */
export const held = (db: Handle, { id, attempts }: Claim) => heldOf(db, attempts, [id]);

/** What stays of a notice that is over, where somebody's words are in it: not those. Undefined for every other. */
export function remains({ notice }: { notice?: Notice }): { notice: string } | undefined {
  if (notice?.kind === 'webhook') return { notice: JSON.stringify(withoutText(notice)) };
  return notice?.kind === 'visitor.said' ? { notice: JSON.stringify({ ...notice, text: '' }) } : undefined;
}

/**
 * Gives a notice back to be claimed again at `dueAt`. One in `sending` stays so unless Slack said for certain that nothing was
 * created (`created: false`).
 */
export async function retryNotice(
  db: Handle,
  claim: Claim,
  { error, dueAt, created }: { error: string; dueAt: Date; created: boolean | 'unknown' },
): Promise<void> {
  const state =
    created === 'unknown' ? db.raw("case when state = 'sending' then 'sending' else 'waiting' end") : 'waiting';
  await held(db, claim).update({ state, last_error: error, due_at: dueAt.toISOString() });
}

/**
 * Takes a notice that can never succeed out of its lane, with the reason; the lane goes on.
 *
 * @param settled something else was done in its place, so that nobody needs to decide about it
 * @returns whether the claim still held
 */
export async function setAside(
  db: Handle,
  claim: Claim & { notice?: Notice },
  { error, now, settled = false }: { error: string; now: Date; settled?: boolean },
): Promise<boolean> {
  const at = now.toISOString();
  const how = settled ? { state: 'dismissed', sent_at: at } : { state: 'set_aside', set_aside_at: at };
  return (await held(db, claim).update({ ...how, last_error: error, ...remains(claim) })) === 1;
}

/** When the next unfinished notice becomes due, undefined when there is none. */
export async function nextNoticeDue(db: Handle): Promise<string | undefined> {
  const row = await db('notices')
    .whereRaw(unfinished())
    .min({ due: 'due_at' })
    .first<{ due: string | null } | undefined>();
  return row?.due ?? undefined;
}

/** Forgets what was sent or dismissed before `before`. What was set aside is kept for administrators. */
export async function purgeNotices(db: Handle, before: Date): Promise<void> {
  await db('notices').whereIn('state', ['done', 'dismissed']).where('sent_at', '<', before.toISOString()).delete();
}
