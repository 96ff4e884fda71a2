/** Two years of a busy team, made by the database itself: hundreds of conversations open, and very many closed. */
import type { Knex } from 'knex';
import type { DecisionRecord } from '../src/domain/forward.ts';
import { isPostgres, transaction, type Db, type Trx } from '../src/store/db.ts';
import { DESK, settleStatistics } from './seed.ts';

/** How many conversations; a third of those that are closed had been forwarded. */
export type History = { readonly open: number; readonly closed: number };

/** Whose history it is. */
export type Past = {
  readonly workspaceId: string;
  /** Ids of agents; each is in as many conversations as the next. */
  readonly agents: readonly string[];
  /** How many expertise there are. */
  readonly expertise: number;
  /** Where a share of everything was. */
  readonly channelId: string;
  readonly now: Date;
};

const CHANNELS = 100;
const CUSTOMERS = 200;
const CLOSED_EVERY_SECONDS = 600;
const OPEN_EVERY_SECONDS = 20;
/** What Beckon keeps of the notices of a week, and of a day's clicks and events. */
const NOTICES = 20_000;
const TRIGGERS = 3000;
const RECORD = JSON.stringify({
  deskId: DESK,
  order: 'expertise_first',
  wanted: [],
  language: '',
  country: '',
  previousAgent: '',
  isExplicit: false,
  considered: [],
  leftOut: {},
  except: [],
  asked: [],
  away: [],
} satisfies DecisionRecord);

/** The time `seconds` (an SQL expression) before `now`, as it is stored. */
function timeBefore(db: Trx, now: Date, seconds: string): Knex.Raw {
  return isPostgres(db)
    ? db.raw(
        `to_char((?::timestamptz - (${seconds}) * interval '1 second') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
        [now.toISOString()],
      )
    : db.raw(`strftime('%Y-%m-%dT%H:%M:%fZ', ?, '-' || (${seconds}) || ' seconds')`, [now.toISOString()]);
}

/** Inserts `count` rows of what `columns` say of a number `i` from 0; with `where`, those it holds of. */
async function fill(
  db: Trx,
  table: string,
  count: number,
  columns: Record<string, string | Knex.Raw>,
  where = '1 = 1',
): Promise<void> {
  if (count === 0) return;
  const values = Object.values(columns).map((value) => (typeof value === 'string' ? db.raw(value) : value));
  await db.raw(
    `with recursive numbers(i) as (select 0 union all select i + 1 from numbers where i < ?)
     insert into ${table} (${Object.keys(columns).join(', ')})
     select ${values.map(() => '?').join(', ')} from numbers where ${where}`,
    [count - 1, ...values],
  );
}

/** Agents by number, for the statements of this transaction. */
async function numberAgents(db: Trx, agents: readonly string[]): Promise<(number: string) => string> {
  await db.raw('create temporary table numbered_agents (place integer primary key, user_id varchar(64))');
  await db.batchInsert(
    'numbered_agents',
    agents.map((userId, place) => ({ place, user_id: userId })),
    400,
  );
  return (number) => `(select user_id from numbered_agents where place = (${number}) % ${agents.length})`;
}

type Writing = Past & { db: Trx; agent: (number: string) => string; workspace: Knex.Raw; people: number };

async function customers({ db, workspace, now }: Writing): Promise<void> {
  const at = db.raw('?', [now.toISOString()]);
  const name = "'Customer ' || i";
  const facts = { real_name: name, name, search_key: "'customer ' || i", time_zone: "'UTC'", locale: "'de-DE'" };
  await fill(db, 'people', CUSTOMERS, {
    workspace_id: workspace,
    user_id: "'G' || i",
    ...facts,
    is_guest: '1',
    read_at: at,
  });
  const channels = {
    workspace_id: workspace,
    channel_id: "'C' || i",
    channel_name: "'shared-' || i",
    desk_id: `'${DESK}'`,
  };
  await fill(db, 'support_channels', CHANNELS, channels);
}

/** Conversations of one kind with who was in them and what they were about; ids begin with `kind`. */
async function conversations(
  writing: Writing,
  kind: 'closed' | 'open',
  count: number,
  { status, openedAt, closedAt }: { status: string; openedAt: Knex.Raw; closedAt: Knex.Raw },
): Promise<void> {
  const { db, workspace, agent, channelId, expertise } = writing;
  const id = `'${kind}' || i`;
  const isClosed = kind === 'closed';
  await fill(db, 'conversations', count, {
    id,
    workspace_id: workspace,
    desk_id: `'${DESK}'`,
    channel_id: isClosed
      ? db.raw(`case when i % ${CHANNELS} = 0 then ? else 'C' || (i % ${CHANNELS}) end`, [channelId])
      : `'C' || (i % ${CHANNELS})`,
    thread_ts: isClosed ? `case when i % 500 = 0 then '' else i || '.000100' end` : "i || '.000200'",
    channel_name: "'shared'",
    status,
    outcome: isClosed ? "'success'" : "''",
    opened_by: agent('i'),
    opened_at: openedAt,
    active_at: closedAt,
    closed_at: isClosed ? closedAt : 'null',
  });
  const conversation = { conversation_id: id };
  await fill(db, 'conversation_customers', count, { ...conversation, user_id: `'G' || (i % ${CUSTOMERS})` });
  await fill(db, 'conversation_expertise', count, { ...conversation, expertise_id: `'e' || (i % ${expertise})` });
  const seat = { workspace_id: workspace, ...conversation, claimed_at: openedAt, arrived_at: openedAt };
  const left = isClosed ? { state: "'left'", left_at: closedAt } : { state: "'in'" };
  const opener = { id: `'first' || ${id}`, user_id: agent('i'), came_by: "'opened'", ...seat, ...left };
  await fill(db, 'seats', count, opener, isClosed ? '1 = 1' : 'i % 6 > 0');
  const joiner = { id: `'second' || ${id}`, user_id: agent('i * 7 + 1'), came_by: "'joined'", ...seat, ...left };
  await fill(db, 'seats', count, joiner, 'i % 3 = 1');
  if (isClosed) await forwards(writing, count, { askedAt: openedAt, endedAt: closedAt });
}

/** What was forwarded: each to one agent, who answered. */
async function forwards(
  { db, workspace, agent, expertise }: Writing,
  count: number,
  { askedAt, endedAt }: { askedAt: Knex.Raw; endedAt: Knex.Raw },
): Promise<void> {
  const which = 'i % 3 = 2';
  const user = agent('i * 7 + 2');
  const whose = { workspace_id: workspace, conversation_id: "'closed' || i" };
  const seat = { ...whose, id: "'forwarded' || i", user_id: user, came_by: "'forwarded'" };
  await fill(
    db,
    'seats',
    count,
    { ...seat, claimed_at: askedAt, arrived_at: askedAt, state: "'left'", left_at: endedAt },
    which,
  );
  const wish = `'{"wanted":["e' || (i % ${expertise}) || '"],"language":"","country":"","previousAgent":""}'`;
  const forward = { ...whose, id: "'forward' || i", came_from: "'api'", wish, state: "'answered'" };
  await fill(db, 'forwards', count, { ...forward, asked_at: askedAt, ended_at: endedAt }, which);
  const decision = { ...whose, id: "'decision' || i", forward_id: "'forward' || i", winner_id: user };
  await fill(db, 'decisions', count, { ...decision, record: `'${RECORD}'`, decided_at: askedAt }, which);
  const turn = { ...whose, id: "'turn' || i", forward_id: "'forward' || i", decision_id: "'decision' || i" };
  const gone = {
    seat_id: "'forwarded' || i",
    user_id: user,
    state: "'answered'",
    claimed_at: askedAt,
    ended_at: endedAt,
  };
  await fill(db, 'turns', count, { ...turn, ...gone }, which);
}

/** Requests for help of every `every`th conversation, with their calls. */
async function requests(
  { db, workspace, agent, expertise }: Writing,
  kind: 'closed' | 'open',
  count: number,
  { every, askedAt, endedAt }: { every: number; askedAt: Knex.Raw; endedAt: Knex.Raw },
): Promise<void> {
  const which = `i % ${every} = 1`;
  const id = `'${kind}' || i`;
  const isClosed = kind === 'closed';
  await fill(
    db,
    'help_requests',
    count,
    {
      id,
      workspace_id: workspace,
      conversation_id: id,
      asked_by: agent('i'),
      asked_at: askedAt,
      note: "'Charged twice.'",
      state: isClosed ? "'joined'" : "'open'",
      ended_at: isClosed ? endedAt : 'null',
      round: '1',
    },
    which,
  );
  for (const [turn, wanted] of ['i * 3', 'i * 3 + 1'].entries()) {
    const link = { request_id: id, expertise_id: `'e' || ((${wanted}) % ${expertise})` };
    await fill(db, 'help_request_expertise', count, link, which);
    const call = {
      id: `'${turn}' || ${id}`,
      workspace_id: workspace,
      request_id: id,
      user_id: agent(`i + 1 + ${turn}`),
    };
    const facts = { round: '1', way: "'mention'", matched: "'[]'", called_at: askedAt };
    await fill(db, 'calls', count, { ...call, ...facts }, which);
  }
}

/** What passes through and is kept for a while, and what is kept of every conversation and everybody for ordering. */
async function traffic({ db, workspace, now, agent }: Writing, closed: number, agents: number): Promise<void> {
  const at = timeBefore(db, now, 'i * 20');
  const lane = "'conversation:closed' || i";
  await fill(db, 'lanes', closed, { workspace_id: workspace, lane, last_number: '4' });
  await fill(db, 'notices', NOTICES, {
    id: "'notice' || i",
    workspace_id: workspace,
    lane,
    number: '1',
    notice: "'{}'",
    state: "'done'",
    created_at: at,
    due_at: at,
    sent_at: at,
  });
  await fill(db, 'triggers', TRIGGERS, { workspace_id: workspace, trigger_id: "'trigger' || i", seen_at: at });
  const event = { workspace_id: workspace, event_id: "'event' || i", body: "'{}'", state: "'done'" };
  await fill(db, 'inbox', TRIGGERS, { ...event, received_at: at, due_at: at });
  await fill(db, 'home_views', agents, {
    workspace_id: workspace,
    user_id: agent('i'),
    viewed_at: timeBefore(db, now, '3600 + i'),
  });
}

async function write(db: Trx, past: Past, { open, closed }: History): Promise<void> {
  const { now, agents } = past;
  const workspace = db.raw('?', [past.workspaceId]);
  const writing = { ...past, db, workspace, agent: await numberAgents(db, agents), people: agents.length };
  await customers(writing);
  const then = (more: number) => timeBefore(db, now, `(i + 1) * ${CLOSED_EVERY_SECONDS} + ${more}`);
  const lately = timeBefore(db, now, `i * ${OPEN_EVERY_SECONDS}`);
  await conversations(writing, 'closed', closed, { status: "''", openedAt: then(3600), closedAt: then(0) });
  const status = "case when i % 5 = 1 then 'looking_for_help' else 'in_progress' end";
  await conversations(writing, 'open', open, { status, openedAt: lately, closedAt: lately });
  await requests(writing, 'closed', closed, { every: 3, askedAt: then(3000), endedAt: then(2400) });
  await requests(writing, 'open', open, { every: 5, askedAt: lately, endedAt: lately });
  await traffic(writing, closed, agents.length);
  await db.raw('drop table numbered_agents');
}

/** Fills a database that `seedDatabase` has filled with people and expertise. */
export async function seedHistory(db: Db, past: Past, history: History): Promise<void> {
  await transaction(db, (trx) => write(trx, past, history));
  await settleStatistics(db);
}
