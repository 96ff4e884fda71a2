/** What tells whether something Slack tells late was said before or after what was decided, and that a thread has lost its first message. */
import { flag, time, type Migration } from './schema.ts';

export const lateEvents: Migration = {
  name: '0025-late-events',
  async up(db) {
    await db.schema.alterTable('conversations', (table) => {
      // Since when it is *Waiting for customer*, while it is: only what is written after that ends it.
      time(table, 'waiting_since');
      // The first message of its thread was deleted.
      flag(table, 'is_root_gone');
    });
  },
  async down(db) {
    for (const column of ['waiting_since', 'is_root_gone']) {
      await db.schema.alterTable('conversations', (table) => {
        table.dropColumn(column);
      });
    }
  },
};
