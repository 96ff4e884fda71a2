/** Webhooks: notices that leave by another door than Slack's, and an endpoint that said it is gone for good. */
import { time, type Migration } from './schema.ts';

export const webhooks: Migration = {
  name: '0022-webhooks',
  async up(db) {
    await db.schema.alterTable('notices', (table) => {
      // 'slack' or 'webhook': each has workers of its own, so that a slow endpoint holds up nobody in Slack.
      table.string('goes_to', 16).notNullable().defaultTo('slack');
    });
    await db.raw(
      "create index notices_due_by_door on notices (goes_to, due_at) where state in ('waiting', 'claimed', 'sending')",
    );
    await db.raw('drop index if exists notices_due');
    await db.schema.alterTable('tokens', (table) => {
      // Its endpoint answered 410 Gone: nothing is sent until an administrator saves the address again.
      time(table, 'webhook_gone_at');
    });
  },
  async down(db) {
    await db.schema.alterTable('tokens', (table) => {
      table.dropColumn('webhook_gone_at');
    });
    await db.raw(
      "create index if not exists notices_due on notices (due_at) where state in ('waiting', 'claimed', 'sending')",
    );
    await db.raw('drop index notices_due_by_door');
    await db.schema.alterTable('notices', (table) => {
      table.dropColumn('goes_to');
    });
  },
};
