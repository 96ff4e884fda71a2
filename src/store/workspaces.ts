/** One row a Slack team. */
import { columnsOf } from './columns.ts';
import type { Handle, Trx } from './db.ts';
import { isPostgres } from './db.ts';
import { readJson } from './json.ts';
import { markStandingsOn } from './standing-marks.ts';

export type Workspace = {
  readonly id: string;
  readonly botUserId: string;
  /** "https://acme.slack.com/", '' where Slack did not say. */
  readonly url: string;
  readonly awayEmoji: readonly string[];
};

type Row = { id: string; bot_user_id: string; url: string; away_emoji: string };

const COLUMNS = columnsOf<Row>('workspaces', {
  id: true,
  bot_user_id: true,
  url: true,
  away_emoji: true,
});

/** Status emoji that mean out of office until administrators say otherwise. */
const AWAY_EMOJI = [':palm_tree:', ':face_with_thermometer:'];

const fromRow = (row: Row): Workspace => ({
  id: row.id,
  botUserId: row.bot_user_id,
  url: row.url,
  awayEmoji: readJson<string[]>(row.away_emoji),
});

/** Makes the workspace known, or keeps it as it is apart from its bot user and address. */
export async function saveWorkspace(
  db: Handle,
  workspace: { id: string; botUserId: string; url?: string; now: Date },
): Promise<void> {
  await db('workspaces')
    .insert({
      id: workspace.id,
      bot_user_id: workspace.botUserId,
      url: workspace.url ?? '',
      away_emoji: JSON.stringify(AWAY_EMOJI),
      created_at: workspace.now.toISOString(),
    })
    .onConflict('id')
    .merge(['bot_user_id', 'url']);
}

export async function findWorkspace(db: Handle, id: string): Promise<Workspace | undefined> {
  const row = await db('workspaces').where({ id }).first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/**
 * Takes the workspace for this transaction: whoever chooses people for a conversation does so one after the other. On SQLite the
 * immediate transaction is the lock. Who needs a conversation's lock as well takes this one first: two that took them in different order
 * would wait for each other.
 *
 * @throws Error when the workspace is not known
 */
export async function lockWorkspace(trx: Trx, id: string): Promise<Workspace> {
  const query = trx('workspaces').where({ id });
  // Not `for update`: every row written before in this transaction refers to the workspace and holds its key, as does another verb's;
  // both would then wait for each other.
  if (isPostgres(trx)) query.forNoKeyUpdate();
  const row = await query.first<Row | undefined>(COLUMNS);
  if (row === undefined) throw new Error('The workspace is not known; Beckon saves it when it starts.');
  return fromRow(row);
}

/** Which status emoji mean out of office from now on. The caller holds the workspace's lock. */
export async function saveAwayEmoji(trx: Trx, id: string, emoji: readonly string[]): Promise<void> {
  await trx('workspaces')
    .where({ id })
    .update({ away_emoji: JSON.stringify(emoji) });
  await markStandingsOn(trx, id);
}
