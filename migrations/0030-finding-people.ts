/** People found in the order they are shown in, and who knows what counted, without reading everybody. */
import type { Knex } from 'knex';
import type { Migration } from './schema.ts';

/** Sorted by code point on both databases; SQLite does so anyway. */
const byCodePoint = (db: Knex, expression: string): string =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `Knex.client` is `any`
  (db.client as { dialect: string }).dialect === 'postgresql' ? `(${expression}) collate "C"` : expression;

const INDEXES = [
  'agent_expertise_counted',
  'people_by_name',
  'people_by_search_key',
  'people_not_live',
  'conversations_open_of_desk',
];

export const findingPeople: Migration = {
  name: '0030-finding-people',
  async up(db) {
    await db.raw('create index agent_expertise_counted on agent_expertise (workspace_id, expertise_id, user_id)');
    await db.raw('create index people_by_name on people (workspace_id, name, user_id)');
    // The beginning only: an entry of PostgreSQL's indexes is limited to a third of a page.
    const beginning = byCodePoint(db, 'substr(search_key, 1, 100)');
    await db.raw(`create index people_by_search_key on people (workspace_id, ${beginning}, user_id)`);
    await db.raw(
      'create index people_not_live on people (workspace_id, user_id) where is_guest + is_bot + is_outsider + is_deactivated > 0',
    );
    await db.raw(
      'create index conversations_open_of_desk on conversations (workspace_id, desk_id, opened_at) where closed_at is null',
    );
  },
  async down(db) {
    for (const name of INDEXES) await db.raw(`drop index ${name}`);
  },
};
