/** What people decided by hand and nothing undoes by itself: that somebody is no customer, and that somebody left. */
import { flag, type Migration } from './schema.ts';

export const byHand: Migration = {
  name: '0021-by-hand',
  async up(db) {
    await db.schema.alterTable('conversation_customers', (table) => {
      // Taken out in the panel: what they write does not make them a customer again.
      flag(table, 'is_removed');
    });
    await db.schema.alterTable('seats', (table) => {
      // They left themselves, as opposed to everybody who leaves when a conversation is closed.
      flag(table, 'left_by_hand');
    });
  },
  async down(db) {
    await db.schema.alterTable('seats', (table) => {
      table.dropColumn('left_by_hand');
    });
    await db.schema.alterTable('conversation_customers', (table) => {
      table.dropColumn('is_removed');
    });
  },
};
