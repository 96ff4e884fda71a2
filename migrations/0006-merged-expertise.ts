/** Which expertise the id of one that was merged stands for: forms and buttons made before still hold it. */
import { dropTables, id, type Migration } from './schema.ts';

export const mergedExpertise: Migration = {
  name: '0006-merged-expertise',
  async up(db) {
    await db.schema.createTable('expertise_merges', (table) => {
      id(table, 'workspace_id');
      id(table, 'old_id');
      id(table, 'expertise_id').references('expertise.id').onDelete('CASCADE');
      table.primary(['workspace_id', 'old_id']);
      table.index(['expertise_id']);
    });
  },
  down: dropTables('expertise_merges'),
};
