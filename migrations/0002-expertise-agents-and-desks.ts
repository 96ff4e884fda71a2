/** Who knows what, who answers where, and how each agent wants to be reached. */
import { dropTables, flag, id, json, time, type Migration } from './schema.ts';

export const expertiseAgentsAndDesks: Migration = {
  name: '0002-expertise-agents-and-desks',
  async up(db) {
    await db.schema.createTable('expertise', (table) => {
      id(table, 'id').primary();
      id(table, 'workspace_id').references('workspaces.id');
      table.string('name', 255).notNullable();
      table.string('name_key', 255).notNullable();
      table.text('description').notNullable().defaultTo('');
      table.integer('version').notNullable().defaultTo(1);
      time(table, 'created_at').notNullable();
      table.unique(['workspace_id', 'name_key']);
    });
    await db.schema.createTable('expertise_aliases', (table) => {
      id(table, 'workspace_id');
      table.string('name_key', 255).notNullable();
      id(table, 'expertise_id').references('expertise.id').onDelete('CASCADE');
      table.primary(['workspace_id', 'name_key']);
      table.index(['expertise_id']);
    });
    await db.schema.createTable('agents', (table) => {
      id(table, 'workspace_id');
      id(table, 'user_id');
      table.string('live_chat_name', 255).notNullable().defaultTo('');
      json(table, 'languages').notNullable();
      table.string('takes', 16).notNullable().defaultTo('any');
      time(table, 'paused_until');
      table.string('called_by', 16).notNullable().defaultTo('mention');
      table.integer('calls_an_hour').notNullable().defaultTo(4);
      table.string('country', 2).notNullable().defaultTo('');
      table.integer('version').notNullable().defaultTo(1);
      table.primary(['workspace_id', 'user_id']);
      table.foreign(['workspace_id', 'user_id']).references(['workspace_id', 'user_id']).inTable('people');
    });
    await db.schema.createTable('agent_expertise', (table) => {
      id(table, 'workspace_id');
      id(table, 'user_id');
      id(table, 'expertise_id').references('expertise.id').onDelete('CASCADE');
      table.primary(['workspace_id', 'user_id', 'expertise_id']);
      table.foreign(['workspace_id', 'user_id']).references(['workspace_id', 'user_id']).inTable('agents');
      table.index(['expertise_id', 'user_id']);
    });
    await db.schema.createTable('desks', (table) => {
      id(table, 'id').primary();
      id(table, 'workspace_id').references('workspaces.id');
      table.string('name', 255).notNullable();
      table.string('name_key', 255).notNullable();
      flag(table, 'is_default');
      table.string('help_channel_id', 64).notNullable().defaultTo('');
      table.integer('answer_minutes').notNullable().defaultTo(5);
      table.integer('version').notNullable().defaultTo(1);
      time(table, 'created_at').notNullable();
      table.unique(['workspace_id', 'name_key']);
      table.index(['workspace_id', 'help_channel_id']);
    });
    await db.raw('create unique index desks_one_default on desks (workspace_id) where is_default = 1');
    await db.schema.createTable('desk_agents', (table) => {
      id(table, 'workspace_id');
      id(table, 'desk_id').references('desks.id').onDelete('CASCADE');
      id(table, 'user_id');
      table.primary(['workspace_id', 'desk_id', 'user_id']);
      table.foreign(['workspace_id', 'user_id']).references(['workspace_id', 'user_id']).inTable('agents');
      table.index(['workspace_id', 'user_id']);
    });
  },
  down: dropTables('expertise', 'expertise_aliases', 'agents', 'agent_expertise', 'desks', 'desk_agents'),
};
