/** The door for bots: tokens, what was answered to whom, and what bots say of a conversation. */
import { dropTables, flag, id, json, time, type Migration } from './schema.ts';

const CONVERSATION_COLUMNS = ['token_id', 'customer_name', 'reference', 'language', 'country', 'is_made', 'transcript'];

export const bots: Migration = {
  name: '0009-bots',
  async up(db) {
    await db.schema.createTable('tokens', (table) => {
      id(table, 'id').primary();
      id(table, 'workspace_id').references('workspaces.id');
      table.string('name', 255).notNullable();
      table.string('name_key', 255).notNullable();
      // SHA-256 of the token in hex; the token itself is shown once and kept nowhere.
      table.string('hash', 64).notNullable();
      // Its last characters, so that people can tell one from another.
      table.string('hint', 8).notNullable();
      // The Slack bot user it speaks through, '' for none.
      table.string('speaks_as', 64).notNullable().defaultTo('');
      // Where webhooks go, '' for nowhere; their secret is derived, and this number changes it.
      table.text('webhook_url').notNullable().defaultTo('');
      table.integer('webhook_turn').notNullable().defaultTo(0);
      id(table, 'made_by');
      time(table, 'made_at').notNullable();
      time(table, 'used_at');
      time(table, 'revoked_at');
      table.integer('version').notNullable().defaultTo(1);
      table.unique(['hash']);
      table.index(['workspace_id', 'revoked_at']);
    });
    await db.raw('create unique index tokens_one_name on tokens (workspace_id, name_key) where revoked_at is null');
    await db.schema.createTable('idempotency_keys', (table) => {
      id(table, 'token_id').references('tokens.id');
      table.string('key', 255).notNullable();
      // SHA-256 of method, path and body.
      table.string('request_hash', 64).notNullable();
      // 0 while the first request is under way.
      table.integer('status').notNullable().defaultTo(0);
      json(table, 'answer').notNullable();
      time(table, 'made_at').notNullable();
      table.primary(['token_id', 'key']);
      table.index(['made_at']);
    });
    await db.schema.alterTable('conversations', (table) => {
      // The token that opened it, '' for people.
      table.string('token_id', 64).notNullable().defaultTo('');
      // What a bot says of its visitor.
      table.string('customer_name', 255).notNullable().defaultTo('');
      table.string('reference', 255).notNullable().defaultTo('');
      table.string('language', 2).notNullable().defaultTo('');
      table.string('country', 2).notNullable().defaultTo('');
      // Beckon made the channel for it.
      flag(table, 'is_made');
      table.text('transcript').notNullable().defaultTo('');
      table.index(['token_id', 'opened_at'], 'conversations_of_token');
    });
  },
  async down(db) {
    await db.schema.alterTable('conversations', (table) => {
      table.dropIndex([], 'conversations_of_token');
    });
    for (const column of CONVERSATION_COLUMNS) {
      await db.schema.alterTable('conversations', (table) => {
        table.dropColumn(column);
      });
    }
    await dropTables('tokens', 'idempotency_keys')(db);
  },
};
