/** A customer being helped in a place, who has a seat in it, and the requests for help with the calls they sent. */
import { dropTables, flag, id, json, time, type Migration } from './schema.ts';

export const conversationsAndHelp: Migration = {
  name: '0003-conversations-and-help',
  async up(db) {
    await db.schema.createTable('conversations', (table) => {
      id(table, 'id').primary();
      id(table, 'workspace_id').references('workspaces.id');
      id(table, 'desk_id').references('desks.id');
      id(table, 'channel_id');
      // '' for the channel's own conversation: no NULL in a unique key.
      table.string('thread_ts', 32).notNullable().defaultTo('');
      // A private channel's name is shown to nobody outside it by Slack, so Beckon shows the one it had when last heard of.
      table.string('channel_name', 255).notNullable().defaultTo('');
      flag(table, 'is_private');
      table.text('link').notNullable().defaultTo('');
      // '' once closed.
      table.string('status', 24).notNullable();
      table.text('note').notNullable().defaultTo('');
      table.string('outcome', 24).notNullable().defaultTo('');
      id(table, 'opened_by');
      time(table, 'opened_at').notNullable();
      time(table, 'active_at').notNullable();
      time(table, 'closed_at');
      table.string('closed_by', 64).notNullable().defaultTo('');
      table.integer('version').notNullable().defaultTo(1);
      table.index(['workspace_id', 'status']);
    });
    await db.raw(
      'create unique index conversations_one_open on conversations (workspace_id, channel_id, thread_ts) where closed_at is null',
    );
    await db.schema.createTable('conversation_customers', (table) => {
      id(table, 'conversation_id').references('conversations.id');
      id(table, 'user_id');
      table.primary(['conversation_id', 'user_id']);
    });
    await db.schema.createTable('conversation_expertise', (table) => {
      id(table, 'conversation_id').references('conversations.id');
      id(table, 'expertise_id').references('expertise.id').onDelete('CASCADE');
      table.primary(['conversation_id', 'expertise_id']);
      table.index(['expertise_id']);
    });
    await db.schema.createTable('help_requests', (table) => {
      id(table, 'id').primary();
      id(table, 'workspace_id').references('workspaces.id');
      id(table, 'conversation_id').references('conversations.id');
      id(table, 'asked_by');
      time(table, 'asked_at').notNullable();
      table.text('note').notNullable().defaultTo('');
      table.string('state', 16).notNullable();
      time(table, 'ended_at');
      table.integer('round').notNullable().defaultTo(0);
      // Where the card stands; both '' while it has not been posted or the desk has no help channel.
      table.string('card_channel_id', 64).notNullable().defaultTo('');
      table.string('card_ts', 32).notNullable().defaultTo('');
      table.index(['workspace_id', 'state', 'asked_at']);
    });
    await db.raw(
      'create unique index help_requests_one_open on help_requests (conversation_id) where ended_at is null',
    );
    await db.schema.createTable('help_request_expertise', (table) => {
      id(table, 'request_id').references('help_requests.id');
      id(table, 'expertise_id').references('expertise.id').onDelete('CASCADE');
      table.primary(['request_id', 'expertise_id']);
      table.index(['expertise_id']);
    });
    await db.schema.createTable('seats', (table) => {
      id(table, 'id').primary();
      id(table, 'workspace_id').references('workspaces.id');
      id(table, 'conversation_id').references('conversations.id');
      id(table, 'user_id');
      table.string('came_by', 16).notNullable();
      table.string('state', 16).notNullable();
      table.string('request_id', 64).notNullable().defaultTo('');
      time(table, 'claimed_at').notNullable();
      time(table, 'arrived_at');
      time(table, 'wrote_at');
      time(table, 'left_at');
      table.index(['workspace_id', 'user_id', 'left_at']);
      table.index(['conversation_id', 'claimed_at']);
    });
    await db.raw('create unique index seats_one_taken on seats (conversation_id, user_id) where left_at is null');
    await db.schema.createTable('calls', (table) => {
      id(table, 'id').primary();
      id(table, 'workspace_id').references('workspaces.id');
      id(table, 'request_id').references('help_requests.id');
      id(table, 'user_id');
      table.integer('round').notNullable();
      table.string('way', 16).notNullable();
      json(table, 'matched').notNullable();
      time(table, 'called_at').notNullable();
      time(table, 'declined_at');
      // The message that carried the call; '' until it is sent.
      table.string('channel_id', 64).notNullable().defaultTo('');
      table.string('ts', 32).notNullable().defaultTo('');
      table.unique(['request_id', 'user_id']);
      table.index(['workspace_id', 'user_id', 'called_at']);
    });
  },
  down: dropTables(
    'conversations',
    'conversation_customers',
    'conversation_expertise',
    'help_requests',
    'help_request_expertise',
    'seats',
    'calls',
  ),
};
