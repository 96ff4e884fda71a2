/** One Slack team, and what Slack says of the people Beckon has met in it. */
import { dropTables, flag, id, json, time, type Migration } from './schema.ts';

export const workspacesAndPeople: Migration = {
  name: '0001-workspaces-and-people',
  async up(db) {
    await db.schema.createTable('workspaces', (table) => {
      id(table, 'id').primary();
      id(table, 'bot_user_id');
      // Where the workspace is on the web, for links to its places: "https://acme.slack.com/".
      table.string('url', 255).notNullable().defaultTo('');
      json(table, 'away_emoji').notNullable();
      time(table, 'created_at').notNullable();
    });
    await db.schema.createTable('people', (table) => {
      id(table, 'workspace_id').references('workspaces.id');
      id(table, 'user_id');
      table.string('name', 255).notNullable();
      table.string('real_name', 255).notNullable();
      flag(table, 'is_guest');
      flag(table, 'is_bot');
      flag(table, 'is_deactivated');
      flag(table, 'is_outsider');
      flag(table, 'is_slack_admin');
      table.string('time_zone', 64).notNullable();
      table.string('locale', 16).notNullable();
      time(table, 'huddle_until');
      time(table, 'dnd_starts_at');
      time(table, 'dnd_ends_at');
      table.string('status_emoji', 128).notNullable().defaultTo('');
      time(table, 'status_until');
      table.string('presence', 8).notNullable().defaultTo('unknown');
      time(table, 'presence_at');
      time(table, 'dnd_at');
      time(table, 'read_at').notNullable();
      table.primary(['workspace_id', 'user_id']);
    });
  },
  down: dropTables('workspaces', 'people'),
};
