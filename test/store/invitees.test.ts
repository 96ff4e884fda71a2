import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isPostgres } from '../../src/store/db.ts';
import { listInvitees, type InviteeQuery } from '../../src/store/invitees.ts';
import { firstByName, rank } from '../../src/store/invitee-order.ts';
import { databases, type TestDatabase } from '../support/database.ts';
import { makeDesk, makeExpertise, makeWorkspace } from '../support/make.ts';
import { nextStatement, planOf } from '../support/plan.ts';

const NOW = new Date('2026-03-02T09:00:00.000Z');
const AGENTS = 320;
const EXPERTISE = ['all', 'most', 'some', 'one', 'none'];
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000).toISOString();

const many = <Row>(row: (index: number) => Row | undefined): Row[] =>
  Array.from({ length: AGENTS }, (_, index) => row(index)).flatMap((made) => made ?? []);
const id = (index: number) =>
  `U${String(index * 7919)
    .padStart(8, '0')
    .slice(-4)}${index}`;
const pause = (index: number) => (index % 19 === 4 ? at(60) : null);

/** Every agent in every state, in a fixed pattern without a rhythm in common. */
async function makeMany(database: TestDatabase): Promise<void> {
  const { db } = database;
  const workspace = { workspace_id: 'T1' };
  const insert = (table: string, rows: readonly object[]) => db.batchInsert(table, rows, 100);
  await insert(
    'people',
    many((index) => ({
      ...workspace,
      user_id: id(index),
      name: 'x',
      real_name: 'x',
      // Some names are alike for longer than the index reads.
      search_key: index % 11 === 0 ? `${'same '.repeat(30)}${id(index)}` : `name ${(index * 31) % 97}`,
      time_zone: 'UTC',
      locale: '',
      read_at: at(0),
      is_deactivated: Number(index % 29 === 3),
      presence: index % 13 === 1 ? 'away' : 'unknown',
      presence_at: index % 13 === 1 ? at(index % 2 === 0 ? -1 : -100) : null,
      huddle_until: index % 17 === 2 ? at(5) : null,
    })),
  );
  await insert(
    'agents',
    many((index) => ({ ...workspace, user_id: id(index), languages: '[]', paused_until: pause(index) })),
  );
  await insert(
    'desk_agents',
    many((index) => (index % 23 === 5 ? undefined : { ...workspace, desk_id: 'support', user_id: id(index) })),
  );
  for (const [expertise, has] of [
    ['all', () => true],
    ['most', (index: number) => index % 10 > 0],
    ['some', (index: number) => index % 6 === 0],
    ['one', (index: number) => index === 77],
  ] as const) {
    const rows = many((index) =>
      has(index) ? { ...workspace, user_id: id(index), expertise_id: expertise } : undefined,
    );
    await insert('agent_expertise', rows);
  }
  await insert(
    'conversations',
    Array.from({ length: 4 }, (_, index) => ({
      ...workspace,
      id: `c${index}`,
      desk_id: 'support',
      channel_id: `C${index}`,
      status: 'in_progress',
      opened_by: 'UROOT',
      opened_at: at(-90),
      active_at: at(index % 2 === 0 ? -5 : -60),
    })),
  );
  const seat = (conversation: number, every: number) =>
    many((index) =>
      index % every === 0
        ? {
            ...workspace,
            id: `${conversation}-${index}`,
            conversation_id: `c${conversation}`,
            user_id: id(index),
            came_by: 'joined',
            state: 'in',
            claimed_at: at(-90),
          }
        : undefined,
    );
  for (const [conversation, every] of [
    [0, 31],
    [1, 5],
    [2, 7],
    [3, 9],
  ] as const) {
    await insert('seats', seat(conversation, every));
  }
  // PostgreSQL does this by itself in time; rows that came all at once are planned for as if there were few.
  if (isPostgres(db)) await db.raw('analyze');
}

const query = (more: Partial<InviteeQuery>): InviteeQuery => ({
  workspaceId: 'T1',
  conversationId: 'c0',
  except: 'UROOT',
  wanted: [],
  awayEmoji: [],
  search: '',
  having: [],
  now: NOW,
  limit: 31,
  offset: 0,
  ...more,
});

describe.each(databases)('the order of invitees on $name', ({ open }) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
    await makeWorkspace(database.db, 'T1');
    await makeDesk(database.db);
    for (const name of EXPERTISE) await makeExpertise(database.db, name);
    await makeMany(database);
  });
  afterAll(() => database.close());

  it.each([
    [[]],
    [['none']],
    [['one']],
    [['some']],
    [['all']],
    [['all', 'most']],
    [['all', 'one', 'some']],
    [['most', 'one', 'some', 'none']],
  ])('is the same as everybody ranked by everything, on every page: %j wanted', async (wanted) => {
    for (const filter of [{}, { search: 'name' }, { search: 'same', having: ['some'] }, { having: ['most'] }]) {
      for (const offset of [0, 60, 180]) {
        const asked = query({ wanted, ...filter, offset });
        const shown = await listInvitees(database.db, asked);
        const all = await rank(database.db, asked, { among: undefined, limit: asked.limit, offset });
        expect(shown.map(({ person }) => person.userId)).toEqual(all.map((row) => row.user_id));
        expect(shown.map(({ conversations }) => conversations)).toEqual(all.map((row) => Number(row.conversations)));
      }
    }
  });

  it('reads the first by name from an index, without sorting everybody', async () => {
    const { db } = database;
    const asked = nextStatement(db);
    await firstByName(db, query({ wanted: ['all'] }), 1, 31);
    expect(await planOf(db, await asked, 'set local enable_sort = off')).toContain('people_by_search_key');
  });
});
