/** Administrators made by hand, support channels, and what desks decide about calling, re-opening and closing. */
import { dropTables, flag, id, time, type Migration } from './schema.ts';

const DESK_COLUMNS = ['fallback_id', 'is_archived', 'reopen_days', 'quiet_days'];
const REQUEST_COLUMNS = ['message', 'previous_id', 'fallback_at', 'asker_told'];

export const theHumanSide: Migration = {
  name: '0005-the-human-side',
  async up(db) {
    await db.schema.createTable('administrators', (table) => {
      id(table, 'workspace_id');
      id(table, 'user_id');
      id(table, 'made_by');
      time(table, 'made_at').notNullable();
      table.primary(['workspace_id', 'user_id']);
      table.foreign(['workspace_id', 'user_id']).references(['workspace_id', 'user_id']).inTable('people');
    });
    await db.schema.createTable('support_channels', (table) => {
      id(table, 'workspace_id').references('workspaces.id');
      id(table, 'channel_id');
      id(table, 'desk_id').references('desks.id');
      table.string('channel_name', 255).notNullable().defaultTo('');
      // 'by_hand', 'conversation' or 'threads'.
      table.string('mode', 16).notNullable().defaultTo('by_hand');
      table.integer('version').notNullable().defaultTo(1);
      table.primary(['workspace_id', 'channel_id']);
      table.index(['desk_id']);
    });
    await db.schema.alterTable('desks', (table) => {
      // A person (U…) or user group (S…) called once when three rounds brought nobody; '' for none.
      table.string('fallback_id', 64).notNullable().defaultTo('');
      flag(table, 'is_archived');
      // 0: never.
      table.integer('reopen_days').notNullable().defaultTo(7);
      table.integer('quiet_days').notNullable().defaultTo(7);
    });
    await db.schema.alterTable('help_requests', (table) => {
      // What the customer wrote where help was asked for, at most 300 characters.
      table.text('message').notNullable().defaultTo('');
      // The request that was ended before this one was made for the same conversation.
      table.string('previous_id', 64).notNullable().defaultTo('');
      time(table, 'fallback_at');
      // The last thing the asker was told by itself, so that they are told once.
      table.string('asker_told', 24).notNullable().defaultTo('');
    });
    await db.schema.alterTable('seats', (table) => {
      // Who invited them; '' otherwise.
      table.string('invited_by', 64).notNullable().defaultTo('');
    });
    await db.raw('create index conversations_quiet on conversations (active_at) where closed_at is null');
    await db.schema.alterTable('conversations', (table) => {
      table.index(['workspace_id', 'channel_id', 'thread_ts', 'closed_at'], 'conversations_of_place');
    });
  },
  async down(db) {
    await db.schema.alterTable('conversations', (table) => {
      table.dropIndex([], 'conversations_of_place');
    });
    await db.raw('drop index conversations_quiet');
    await db.schema.alterTable('seats', (table) => {
      table.dropColumn('invited_by');
    });
    for (const column of REQUEST_COLUMNS) {
      await db.schema.alterTable('help_requests', (table) => {
        table.dropColumn(column);
      });
    }
    for (const column of DESK_COLUMNS) {
      await db.schema.alterTable('desks', (table) => {
        table.dropColumn(column);
      });
    }
    await dropTables('administrators', 'support_channels')(db);
  },
};
