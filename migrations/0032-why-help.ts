/** Why Beckon asked for help by itself, and after which forward. */
import type { Migration } from './schema.ts';

const COLUMNS = ['because', 'forward_id'];

export const whyHelp: Migration = {
  name: '0032-why-help',
  async up(db) {
    await db.schema.alterTable('help_requests', (table) => {
      // 'no_answer', 'no_agent' or 'alone'; '' where somebody asked, or it is not known any more.
      table.string('because', 16).notNullable().defaultTo('');
      // The forward nobody answered, '' for none.
      table.string('forward_id', 64).notNullable().defaultTo('');
    });
  },
  async down(db) {
    for (const column of COLUMNS) {
      await db.schema.alterTable('help_requests', (table) => {
        table.dropColumn(column);
      });
    }
  },
};
