/** The desks of a person found from the index alone. */
import type { Migration } from './schema.ts';

export const desksOfPeople: Migration = {
  name: '0034-desks-of-people',
  async up(db) {
    // SQLite takes a workspace for ten rows: rather than look each row of the shorter index up it read everybody in the primary key.
    await db.schema.alterTable('desk_agents', (table) => {
      table.dropIndex(['workspace_id', 'user_id']);
      table.index(['workspace_id', 'user_id', 'desk_id'], 'desk_agents_of_person');
    });
  },
  async down(db) {
    await db.schema.alterTable('desk_agents', (table) => {
      table.dropIndex([], 'desk_agents_of_person');
      table.index(['workspace_id', 'user_id']);
    });
  },
};
