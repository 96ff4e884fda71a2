/** What was set aside: since when, how long it has been tried again, and when administrators were told last. */
import { time, type Migration } from './schema.ts';

const COLUMNS = [
  ['notices', 'set_aside_at'],
  ['notices', 'trying_since'],
  ['inbox', 'set_aside_at'],
  ['workspaces', 'undelivered_told_at'],
] as const;

export const undelivered: Migration = {
  name: '0020-undelivered',
  async up(db) {
    for (const [name, column] of COLUMNS) {
      await db.schema.alterTable(name, (table) => {
        time(table, column);
      });
    }
    await db('notices')
      .where({ state: 'set_aside' })
      .update({ set_aside_at: db.ref('created_at') });
    await db('inbox')
      .where({ state: 'set_aside' })
      .update({ set_aside_at: db.ref('received_at') });
    await db.raw("create index notices_set_aside on notices (workspace_id, set_aside_at) where state = 'set_aside'");
    await db.raw("create index inbox_set_aside on inbox (workspace_id, set_aside_at) where state = 'set_aside'");
  },
  async down(db) {
    await db.raw('drop index inbox_set_aside');
    await db.raw('drop index notices_set_aside');
    for (const [name, column] of COLUMNS.toReversed()) {
      await db.schema.alterTable(name, (table) => {
        table.dropColumn(column);
      });
    }
  },
};
