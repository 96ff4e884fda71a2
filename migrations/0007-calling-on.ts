/** Requests for help that wait for the first expert back, whom they fell back to, and names people can be searched by. */
import { flag, type Migration } from './schema.ts';

const REQUEST_COLUMNS = ['is_waiting', 'fallback_to', 'fallback_way', 'fallback_channel_id', 'fallback_ts'];

export const callingOn: Migration = {
  name: '0007-calling-on',
  async up(db) {
    await db.schema.alterTable('help_requests', (table) => {
      // Nobody who matches was available: the first one back is called.
      flag(table, 'is_waiting');
      // Whom the desk fell back to, a person (U…) or user group (S…), how, and the message that carried it; '' until then.
      table.string('fallback_to', 64).notNullable().defaultTo('');
      table.string('fallback_way', 16).notNullable().defaultTo('');
      table.string('fallback_channel_id', 64).notNullable().defaultTo('');
      table.string('fallback_ts', 32).notNullable().defaultTo('');
    });
    await db.raw('create index help_requests_waiting on help_requests (workspace_id) where is_waiting = 1');
    await db.schema.alterTable('people', (table) => {
      // Display and real name as they are compared; lists of people are sorted by it.
      table.text('search_key').notNullable().defaultTo('');
    });
    await db('people').update({ search_key: db.ref('name') });
    // Once somebody has left, the row is history; whoever is in something now is found without reading it.
    await db.raw('create index seats_taken on seats (workspace_id, user_id, conversation_id) where left_at is null');
  },
  async down(db) {
    await db.raw('drop index seats_taken');
    await db.schema.alterTable('people', (table) => {
      table.dropColumn('search_key');
    });
    await db.raw('drop index help_requests_waiting');
    for (const column of REQUEST_COLUMNS) {
      await db.schema.alterTable('help_requests', (table) => {
        table.dropColumn(column);
      });
    }
  },
};
