/** What came in and must be worked on, what must go out, and what is due later. */
import { dropTables, id, json, time, type Migration } from './schema.ts';

export const traffic: Migration = {
  name: '0004-traffic',
  async up(db) {
    await db.schema.createTable('inbox', (table) => {
      id(table, 'workspace_id');
      id(table, 'event_id');
      json(table, 'body').notNullable();
      table.string('state', 16).notNullable();
      table.integer('attempts').notNullable().defaultTo(0);
      table.text('last_error').notNullable().defaultTo('');
      time(table, 'received_at').notNullable();
      time(table, 'due_at').notNullable();
      table.primary(['workspace_id', 'event_id']);
    });
    await db.raw("create index inbox_due on inbox (due_at, received_at) where state = 'waiting'");
    await db.schema.createTable('triggers', (table) => {
      id(table, 'workspace_id');
      table.string('trigger_id', 255).notNullable();
      time(table, 'seen_at').notNullable();
      table.primary(['workspace_id', 'trigger_id']);
      table.index(['seen_at']);
    });
    await db.schema.createTable('lanes', (table) => {
      id(table, 'workspace_id');
      table.string('lane', 128).notNullable();
      table.integer('last_number').notNullable();
      table.primary(['workspace_id', 'lane']);
    });
    await db.schema.createTable('notices', (table) => {
      id(table, 'id').primary();
      id(table, 'workspace_id');
      table.string('lane', 128).notNullable();
      table.integer('number').notNullable();
      json(table, 'notice').notNullable();
      table.string('state', 16).notNullable();
      table.integer('attempts').notNullable().defaultTo(0);
      table.text('last_error').notNullable().defaultTo('');
      time(table, 'created_at').notNullable();
      // When it may be claimed next: at once, after a failure's pause, or when a dead worker's lease ends.
      time(table, 'due_at').notNullable();
      time(table, 'sent_at');
      table.unique(['workspace_id', 'lane', 'number']);
    });
    await db.raw("create index notices_due on notices (due_at) where state in ('waiting', 'claimed', 'sending')");
    await db.raw(
      "create index notices_lane on notices (workspace_id, lane, number) where state in ('waiting', 'claimed', 'sending')",
    );
    await db.schema.createTable('timers', (table) => {
      id(table, 'workspace_id');
      table.string('kind', 32).notNullable();
      id(table, 'subject_id');
      time(table, 'due_at').notNullable();
      table.integer('attempts').notNullable().defaultTo(0);
      table.primary(['workspace_id', 'kind', 'subject_id']);
      table.index(['due_at']);
    });
    await db.schema.createTable('home_views', (table) => {
      id(table, 'workspace_id');
      id(table, 'user_id');
      time(table, 'viewed_at').notNullable();
      table.string('shown_hash', 64).notNullable().defaultTo('');
      table.primary(['workspace_id', 'user_id']);
      table.index(['workspace_id', 'viewed_at']);
    });
  },
  down: dropTables('inbox', 'triggers', 'lanes', 'notices', 'timers', 'home_views'),
};
