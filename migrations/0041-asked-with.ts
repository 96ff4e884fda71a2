/** With what help was asked for where no person asked: a bot or a workflow, by the name it had then. */
import type { Migration } from './schema.ts';

export const askedWith: Migration = {
  name: '0041-asked-with',
  async up(db) {
    await db.schema.alterTable('help_requests', (table) => {
      // '' where a person asked, or Beckon itself.
      table.string('asked_with', 64).notNullable().defaultTo('');
    });
  },
  async down(db) {
    await db.schema.alterTable('help_requests', (table) => {
      table.dropColumn('asked_with');
    });
  },
};
