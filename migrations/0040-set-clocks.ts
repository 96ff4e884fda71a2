/** What tells that a clock was set back after a timer was set. */
import { time, type Migration } from './schema.ts';

export const setClocks: Migration = {
  name: '0040-set-clocks',
  async up(db) {
    await db.schema.alterTable('timers', (table) => {
      // When it was set; '' for those that were before this was kept.
      time(table, 'set_at').notNullable().defaultTo('');
    });
    await db.schema.alterTable('timers', (table) => {
      table.index(['set_at']);
    });
  },
  async down(db) {
    await db.schema.alterTable('timers', (table) => {
      table.dropIndex(['set_at']);
    });
    await db.schema.alterTable('timers', (table) => {
      table.dropColumn('set_at');
    });
  },
};
