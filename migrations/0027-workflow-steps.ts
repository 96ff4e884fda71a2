/** Steps of workflows that wait for something to happen here. */
import { dropTables, id, json, time, type Migration } from './schema.ts';

export const workflowSteps: Migration = {
  name: '0027-workflow-steps',
  async up(db) {
    await db.schema.createTable('step_runs', (table) => {
      id(table, 'id').primary();
      id(table, 'workspace_id').references('workspaces.id');
      // Slack's id of the execution: with it the step is ended.
      id(table, 'execution_id');
      // 'ask_for_help' or 'forward_to_operator'.
      table.string('kind', 32).notNullable();
      // 'starting' until what it waits for was begun, then 'waiting'; 'completed' or 'failed' at the end.
      table.string('state', 16).notNullable();
      // '' until it was begun.
      table.string('conversation_id', 64).notNullable().defaultTo('');
      table.string('request_id', 64).notNullable().defaultTo('');
      table.string('forward_id', 64).notNullable().defaultTo('');
      // What the workflow goes on with, or why it cannot.
      json(table, 'outputs').notNullable().defaultTo('{}');
      table.text('error').notNullable().defaultTo('');
      time(table, 'started_at').notNullable();
      time(table, 'ended_at');
      table.unique(['workspace_id', 'execution_id']);
    });
    await db.raw("create index step_runs_request on step_runs (request_id) where state = 'waiting'");
    await db.raw("create index step_runs_forward on step_runs (forward_id) where state = 'waiting'");
  },
  down: dropTables('step_runs'),
};
