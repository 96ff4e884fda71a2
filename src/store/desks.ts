/** Teams that answer conversations. */
import type { SelectionOrder } from '../domain/desk.ts';
import { byName } from '../domain/expertise.ts';
import { nameKey } from '../domain/name.ts';
import { columnsOf } from './columns.ts';
import { isPostgres, type Handle, type Trx } from './db.ts';
import type { CountedLeftOut } from './left-out.ts';

/** What administrators decide about a desk, beside its name and who is on it. */
export type DeskRules = {
  /** '' while none is chosen. */
  readonly helpChannelId: string;
  /** Minutes until the next are called; 0: off. */
  readonly answerMinutes: number;
  /** Who is called once when the rounds brought nobody: a person (U…) or user group (S…); '' for nobody. */
  readonly fallbackId: string;
  /** How long a customer's message re-opens a closed thread; 0: never. */
  readonly reopenDays: number;
  /** After how long without a message a conversation closes itself; 0: never. */
  readonly quietDays: number;
  readonly selectionOrder: SelectionOrder;
  /** Conversations of this desk somebody may have before a forward passes them by; 0: no limit. */
  readonly capacity: number;
  /** Nobody in a huddle is given a conversation. */
  readonly noHuddles: boolean;
  /** A conversation that a customer's message opened is forwarded at once; else it is just listed. */
  readonly forwardsNew: boolean;
  /** What customers read when Beckon asks for help by itself; '' for nothing. */
  readonly sentence: string;
};

export type Desk = DeskRules & {
  readonly id: string;
  readonly name: string;
  readonly nameKey: string;
  readonly isDefault: boolean;
  readonly isArchived: boolean;
  readonly version: number;
};

type Row = {
  id: string;
  name: string;
  name_key: string;
  is_default: number;
  help_channel_id: string;
  answer_minutes: number;
  fallback_id: string;
  reopen_days: number;
  quiet_days: number;
  is_archived: number;
  selection_order: SelectionOrder;
  capacity: number;
  no_huddles: number;
  forwards_new: number;
  sentence: string;
  version: number;
};

const COLUMNS = columnsOf<Row>('desks', {
  id: true,
  name: true,
  name_key: true,
  is_default: true,
  help_channel_id: true,
  answer_minutes: true,
  fallback_id: true,
  reopen_days: true,
  quiet_days: true,
  is_archived: true,
  selection_order: true,
  capacity: true,
  no_huddles: true,
  forwards_new: true,
  sentence: true,
  version: true,
});

const fromRow = (row: Row): Desk => ({
  id: row.id,
  name: row.name,
  nameKey: row.name_key,
  isDefault: row.is_default === 1,
  helpChannelId: row.help_channel_id,
  answerMinutes: row.answer_minutes,
  fallbackId: row.fallback_id,
  reopenDays: row.reopen_days,
  quietDays: row.quiet_days,
  isArchived: row.is_archived === 1,
  selectionOrder: row.selection_order,
  capacity: row.capacity,
  noHuddles: row.no_huddles === 1,
  forwardsNew: row.forwards_new === 1,
  sentence: row.sentence,
  version: row.version,
});

export type NewDesk = Partial<DeskRules> & {
  workspaceId: string;
  id: string;
  name: string;
  isDefault: boolean;
  now: Date;
};

/** Adds a desk, or says that its name, or the place of the default, is taken. */
export async function insertDesk(db: Handle, desk: NewDesk): Promise<boolean> {
  const rows = await db('desks')
    .insert({
      id: desk.id,
      workspace_id: desk.workspaceId,
      name: desk.name,
      name_key: nameKey(desk.name),
      is_default: Number(desk.isDefault),
      created_at: desk.now.toISOString(),
      ...(desk.helpChannelId !== undefined && { help_channel_id: desk.helpChannelId }),
      ...(desk.answerMinutes !== undefined && { answer_minutes: desk.answerMinutes }),
      ...(desk.fallbackId !== undefined && { fallback_id: desk.fallbackId }),
      ...(desk.reopenDays !== undefined && { reopen_days: desk.reopenDays }),
      ...(desk.quietDays !== undefined && { quiet_days: desk.quietDays }),
      ...(desk.selectionOrder !== undefined && { selection_order: desk.selectionOrder }),
      ...(desk.capacity !== undefined && { capacity: desk.capacity }),
      ...(desk.noHuddles !== undefined && { no_huddles: Number(desk.noHuddles) }),
      ...(desk.forwardsNew !== undefined && { forwards_new: Number(desk.forwardsNew) }),
      ...(desk.sentence !== undefined && { sentence: desk.sentence }),
    })
    .onConflict()
    .ignore()
    .returning('id');
  return rows.length === 1;
}

export async function findDesk(db: Handle, workspaceId: string, id: string): Promise<Desk | undefined> {
  const row = await db('desks').where({ workspace_id: workspaceId, id }).first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

const deskOf = (db: Handle, workspaceId: string, conversationId: string) =>
  db('conversations')
    .join('desks', 'desks.id', 'conversations.desk_id')
    .where({ 'conversations.workspace_id': workspaceId, 'conversations.id': conversationId });

/** The desk that answers a conversation. */
export async function findDeskOf(db: Handle, workspaceId: string, conversationId: string): Promise<Desk | undefined> {
  const row = await deskOf(db, workspaceId, conversationId).first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** What a choice needs of a desk. */
export type ChoosingDesk = Pick<Desk, 'id' | 'selectionOrder'> & { readonly leftOut?: CountedLeftOut };

/** The desk whose agents a conversation can be given to. */
export async function findChoosingDesk(
  db: Handle,
  workspaceId: string,
  conversationId: string,
): Promise<ChoosingDesk | undefined> {
  const row = await deskOf(db, workspaceId, conversationId).first<
    (Pick<Row, 'id' | 'selection_order'> & { left_out: string; left_out_at: string }) | undefined
  >(['desks.id', 'desks.selection_order', 'desks.left_out', 'desks.left_out_at']);
  return (
    row && { id: row.id, selectionOrder: row.selection_order, leftOut: { counts: row.left_out, at: row.left_out_at } }
  );
}

/** Finds a desk and keeps others from changing it until the transaction ends. */
export async function lockDesk(trx: Trx, workspaceId: string, id: string): Promise<Desk | undefined> {
  const query = trx('desks').where({ workspace_id: workspaceId, id });
  if (isPostgres(trx)) query.forUpdate();
  const row = await query.first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

export async function findDeskByKey(db: Handle, workspaceId: string, key: string): Promise<Desk | undefined> {
  const row = await db('desks').where({ workspace_id: workspaceId, name_key: key }).first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

export async function findDefaultDesk(db: Handle, workspaceId: string): Promise<Desk | undefined> {
  const row = await db('desks').where({ workspace_id: workspaceId, is_default: 1 }).first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** Desks in use whose help channel this is. */
export async function listDesksOfHelpChannel(db: Handle, workspaceId: string, channelId: string): Promise<Desk[]> {
  const rows = await db('desks')
    .where({ workspace_id: workspaceId, help_channel_id: channelId, is_archived: 0 })
    .select<Row[]>(COLUMNS);
  return rows.map(fromRow).sort(byName);
}

/** All desks in use: the default first, then by name. */
export async function listDesks(db: Handle, workspaceId: string): Promise<Desk[]> {
  const rows = await db('desks').where({ workspace_id: workspaceId, is_archived: 0 }).select<Row[]>(COLUMNS);
  return rows.map(fromRow).sort(defaultFirst);
}

/** The desks one person is on: the default first, then by name. */
export async function listDesksOf(db: Handle, workspaceId: string, userId: string): Promise<Desk[]> {
  const rows = await db('desk_agents')
    .join('desks', 'desks.id', 'desk_agents.desk_id')
    .where({ 'desk_agents.workspace_id': workspaceId, 'desk_agents.user_id': userId })
    .select<Row[]>(COLUMNS);
  return rows.map(fromRow).sort(defaultFirst);
}

const defaultFirst = (a: Desk, b: Desk): number => Number(b.isDefault) - Number(a.isDefault) || byName(a, b);
