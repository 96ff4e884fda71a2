/** Choosing who gets a conversation: what desks decide about it, where each agent stands, forwards with their turns, and decisions. */
import { dropTables, flag, id, json, time, type Migration } from './schema.ts';

const DESK_COLUMNS = [
  'selection_order',
  'capacity',
  'no_huddles',
  'forwards_new',
  'sentence',
  'left_out',
  'left_out_at',
];
const STANDING_COLUMNS = [
  'eligibility',
  'is_unknown',
  'in_buffer',
  'busyness',
  'load',
  'in_call',
  'languages',
  'country',
  'last_forwarded_at',
  'valid_until',
];

/** What customers read when Beckon asks for help by itself, until a desk says otherwise. */
const SENTENCE = 'We are finding the right person and will answer here.';

export const forwarding: Migration = {
  name: '0008-forwarding',
  async up(db) {
    await db.schema.alterTable('desks', (table) => {
      // 'expertise_first' or 'language_first'.
      table.string('selection_order', 24).notNullable().defaultTo('expertise_first');
      // Conversations of this desk somebody may have at once before a forward passes them by; 0: no limit.
      table.integer('capacity').notNullable().defaultTo(0);
      flag(table, 'no_huddles');
      // Whether a conversation that a customer's message opened is forwarded at once, or just listed.
      flag(table, 'forwards_new');
      // '' is off.
      table.text('sentence').notNullable().defaultTo(SENTENCE);
      // How many agents are left out of its choices, by reason, and when they were counted: '' for never.
      table.text('left_out').notNullable().defaultTo('{}');
      table.string('left_out_at', 24).notNullable().defaultTo('');
    });
    await db.schema.alterTable('agents', (table) => {
      // '' for never: the longest since comes first.
      table.string('last_forwarded_at', 24).notNullable().defaultTo('');
    });
    await db.schema.alterTable('desk_agents', (table) => {
      // 'any', 'mine' (only what wants their expertise), or why they are left out. Everything here follows from other rows.
      table.string('eligibility', 24).notNullable().defaultTo('any');
      flag(table, 'is_unknown');
      flag(table, 'in_buffer');
      // One number that sorts as "less busy" does.
      table.integer('busyness').notNullable().defaultTo(0);
      table.integer('load').notNullable().defaultTo(0);
      flag(table, 'in_call');
      // ' fr en ': each between blanks, so that one can be looked for.
      table.text('languages').notNullable().defaultTo(' ');
      table.string('country', 2).notNullable().defaultTo('');
      table.string('last_forwarded_at', 24).notNullable().defaultTo('');
      // When it must be worked out anew: '' at once, because a cause has changed.
      table.string('valid_until', 24).notNullable().defaultTo('');
      table.index(['workspace_id', 'valid_until', 'desk_id'], 'desk_agents_stale');
      table.index(
        [
          'workspace_id',
          'desk_id',
          'eligibility',
          'is_unknown',
          'in_buffer',
          'busyness',
          'last_forwarded_at',
          'user_id',
        ],
        'desk_agents_ranking',
      );
    });
    await db.schema.createTable('forwards', (table) => {
      id(table, 'id').primary();
      id(table, 'workspace_id').references('workspaces.id');
      id(table, 'conversation_id').references('conversations.id');
      // Who wants it: a person, '' for a bot or Beckon itself.
      table.string('asked_by', 64).notNullable().defaultTo('');
      // 'command', 'api', 'step' or 'support_channel'.
      table.string('came_from', 24).notNullable();
      // The token it was asked with, '' for none.
      table.string('token_id', 64).notNullable().defaultTo('');
      // What was asked for, as it was asked: wanted ids, language, country, previous agent, candidates.
      json(table, 'wish').notNullable();
      table.text('note').notNullable().defaultTo('');
      // What the customer reads once somebody was found, '' for nothing; '' again when it was posted.
      table.text('message').notNullable().defaultTo('');
      // 'open', 'answered', 'no_agent', 'no_answer' or 'ended'.
      table.string('state', 16).notNullable();
      time(table, 'asked_at').notNullable();
      time(table, 'ended_at');
      table.index(['conversation_id', 'asked_at']);
    });
    await db.raw('create unique index forwards_one_open on forwards (conversation_id) where ended_at is null');
    await db.schema.createTable('decisions', (table) => {
      id(table, 'id').primary();
      id(table, 'workspace_id').references('workspaces.id');
      id(table, 'conversation_id').references('conversations.id');
      id(table, 'forward_id').references('forwards.id');
      // Who was chosen, '' for nobody.
      table.string('winner_id', 64).notNullable().defaultTo('');
      json(table, 'record').notNullable();
      time(table, 'decided_at').notNullable();
      table.index(['conversation_id', 'decided_at']);
    });
    await db.schema.createTable('turns', (table) => {
      id(table, 'id').primary();
      id(table, 'workspace_id').references('workspaces.id');
      id(table, 'conversation_id').references('conversations.id');
      id(table, 'forward_id').references('forwards.id');
      id(table, 'decision_id').references('decisions.id');
      id(table, 'seat_id').references('seats.id');
      id(table, 'user_id');
      // 'arriving' → 'waiting' → 'answered', 'passed', 'timed_out', 'failed' or 'ended'.
      table.string('state', 16).notNullable();
      // Slack's error name where they could not be added, or why it failed.
      table.string('reason', 64).notNullable().defaultTo('');
      time(table, 'claimed_at').notNullable();
      time(table, 'ended_at');
      // The direct message that says it is theirs; '' until it is sent.
      table.string('channel_id', 64).notNullable().defaultTo('');
      table.string('ts', 32).notNullable().defaultTo('');
      table.index(['forward_id', 'claimed_at']);
      table.index(['workspace_id', 'user_id', 'ended_at']);
      table.index(['seat_id']);
    });
    await db.raw('create unique index turns_one_open on turns (conversation_id) where ended_at is null');
    await db.schema.alterTable('seats', (table) => {
      // Names of what was wanted when they were forwarded here, as they were then.
      table.text('asked').notNullable().defaultTo('[]');
    });
  },
  async down(db) {
    await db.schema.alterTable('seats', (table) => {
      table.dropColumn('asked');
    });
    await dropTables('forwards', 'decisions', 'turns')(db);
    await db.schema.alterTable('desk_agents', (table) => {
      table.dropIndex([], 'desk_agents_ranking');
      table.dropIndex([], 'desk_agents_stale');
    });
    for (const column of STANDING_COLUMNS) {
      await db.schema.alterTable('desk_agents', (table) => {
        table.dropColumn(column);
      });
    }
    await db.schema.alterTable('agents', (table) => {
      table.dropColumn('last_forwarded_at');
    });
    for (const column of DESK_COLUMNS) {
      await db.schema.alterTable('desks', (table) => {
        table.dropColumn(column);
      });
    }
  },
};
