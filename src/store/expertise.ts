/** The catalogue of expertise, its old names, and who holds what. */
import { byName, type Expertise } from '../domain/expertise.ts';
import { lengthOf, nameKey } from '../domain/name.ts';
import { inChunks } from './chunks.ts';
import { columnsOf } from './columns.ts';
import { contains } from './contains.ts';
import { isPostgres, type Handle, type Trx } from './db.ts';

export type ExpertiseRow = { id: string; name: string; name_key: string; description: string; version: number };

export const EXPERTISE_COLUMNS = columnsOf<ExpertiseRow>('expertise', {
  id: true,
  name: true,
  name_key: true,
  description: true,
  version: true,
});

export const expertiseFromRow = (row: ExpertiseRow): Expertise => ({
  id: row.id,
  name: row.name,
  nameKey: row.name_key,
  description: row.description,
  version: row.version,
});

/** Adds an expertise, or says that the name is taken. */
export async function insertExpertise(
  db: Handle,
  expertise: { workspaceId: string; id: string; name: string; description: string; now: Date },
): Promise<boolean> {
  const rows = await db('expertise')
    .insert({
      id: expertise.id,
      workspace_id: expertise.workspaceId,
      name: expertise.name,
      name_key: nameKey(expertise.name),
      description: expertise.description,
      created_at: expertise.now.toISOString(),
    })
    .onConflict(['workspace_id', 'name_key'])
    .ignore()
    .returning('id');
  return rows.length === 1;
}

/** The one of that id, else the one it was merged into. */
export async function findExpertise(db: Handle, workspaceId: string, id: string): Promise<Expertise | undefined> {
  return (await listExpertiseByIds(db, workspaceId, [id]))[0];
}

/** Finds an expertise and keeps others from changing it until the transaction ends. */
export async function lockExpertise(trx: Trx, workspaceId: string, id: string): Promise<Expertise | undefined> {
  const query = trx('expertise').where({ workspace_id: workspaceId, id });
  if (isPostgres(trx)) query.forUpdate();
  const row = await query.first<ExpertiseRow | undefined>(EXPERTISE_COLUMNS);
  return row && expertiseFromRow(row);
}

/** The one of that name, else the one that once had it. */
export async function findExpertiseByKey(db: Handle, workspaceId: string, key: string): Promise<Expertise | undefined> {
  const named = await db('expertise')
    .where({ workspace_id: workspaceId, name_key: key })
    .first<ExpertiseRow | undefined>(EXPERTISE_COLUMNS);
  if (named) return expertiseFromRow(named);
  const row = await db('expertise_aliases')
    .join('expertise', 'expertise.id', 'expertise_aliases.expertise_id')
    .where({ 'expertise_aliases.workspace_id': workspaceId, 'expertise_aliases.name_key': key })
    .first<ExpertiseRow | undefined>(EXPERTISE_COLUMNS);
  return row && expertiseFromRow(row);
}

/** The whole catalogue by name, or what of it contains a `nameKey`. */
export async function listExpertise(db: Handle, workspaceId: string, part = ''): Promise<Expertise[]> {
  const query = db('expertise').where({ workspace_id: workspaceId });
  if (part !== '') void query.whereRaw(contains(db, 'expertise.name_key'), [part]);
  const rows = await query.select<ExpertiseRow[]>(EXPERTISE_COLUMNS);
  return rows.map(expertiseFromRow).sort(byName);
}

/** Those whose name begins with a `nameKey`, by name; where there is none, those with an old name that does. */
export async function listExpertiseBeginning(db: Handle, workspaceId: string, key: string): Promise<Expertise[]> {
  const begins = (column: string) => db.raw('substr(??, 1, ?) = ?', [column, lengthOf(key), key]);
  const named = await db('expertise')
    .where({ workspace_id: workspaceId })
    .where(begins('expertise.name_key'))
    .select<ExpertiseRow[]>(EXPERTISE_COLUMNS);
  if (named.length > 0) return named.map(expertiseFromRow).sort(byName);
  const ids = db('expertise_aliases')
    .where({ workspace_id: workspaceId })
    .where(begins('expertise_aliases.name_key'))
    .select('expertise_id');
  const once = await db('expertise')
    .where({ workspace_id: workspaceId })
    .whereIn('id', ids)
    .select<ExpertiseRow[]>(EXPERTISE_COLUMNS);
  return once.map(expertiseFromRow).sort(byName);
}

/** Whether there are more than so many. */
export async function hasMoreExpertise(db: Handle, workspaceId: string, count: number): Promise<boolean> {
  const row = await db('expertise').where({ workspace_id: workspaceId }).offset(count).first<object | undefined>('id');
  return row !== undefined;
}

/** What one person holds, by name. */
export async function listExpertiseOf(db: Handle, workspaceId: string, userId: string): Promise<Expertise[]> {
  const rows = await db('agent_expertise')
    .join('expertise', 'expertise.id', 'agent_expertise.expertise_id')
    .where({ 'agent_expertise.workspace_id': workspaceId, 'agent_expertise.user_id': userId })
    .select<ExpertiseRow[]>(EXPERTISE_COLUMNS);
  return rows.map(expertiseFromRow).sort(byName);
}

/** Of these, the ones that are there, each once; one that was merged is the one it is now. */
export async function listExpertiseByIds(
  db: Handle,
  workspaceId: string,
  ids: readonly string[],
): Promise<Expertise[]> {
  if (ids.length === 0) return [];
  const rows = await db('expertise')
    .where({ workspace_id: workspaceId })
    .where((query) => {
      const merged = db('expertise_merges').select('expertise_id').where({ workspace_id: workspaceId });
      void query.whereIn('id', ids).orWhereIn('id', merged.whereIn('old_id', ids));
    })
    .select<ExpertiseRow[]>(EXPERTISE_COLUMNS);
  return rows.map(expertiseFromRow).sort(byName);
}

/** Changes name or description; the caller holds the workspace's lock where the name changes, so that it is free. */
export async function updateExpertise(
  trx: Trx,
  workspaceId: string,
  id: string,
  change: { name?: string; description?: string },
): Promise<void> {
  await trx('expertise')
    .where({ workspace_id: workspaceId, id })
    .update({
      ...(change.name !== undefined && { name: change.name, name_key: nameKey(change.name) }),
      ...(change.description !== undefined && { description: change.description }),
      version: trx.raw('version + 1'),
    });
}

/** Lets an expertise answer to an old name as well. */
export async function insertAlias(trx: Trx, workspaceId: string, key: string, expertiseId: string): Promise<void> {
  await trx('expertise_aliases')
    .insert({ workspace_id: workspaceId, name_key: key, expertise_id: expertiseId })
    .onConflict(['workspace_id', 'name_key'])
    .merge(['expertise_id']);
}

/** An old name is given to another: nobody answers to it as an alias any more. */
export async function deleteAlias(trx: Trx, workspaceId: string, key: string): Promise<void> {
  await trx('expertise_aliases').where({ workspace_id: workspaceId, name_key: key }).delete();
}

/** Every old name and whose it is. */
export async function listAliases(
  db: Handle,
  workspaceId: string,
): Promise<{ nameKey: string; expertiseId: string }[]> {
  const rows = await db('expertise_aliases')
    .where({ workspace_id: workspaceId })
    .select<{ name_key: string; expertise_id: string }[]>(['name_key', 'expertise_id']);
  return rows.map((row) => ({ nameKey: row.name_key, expertiseId: row.expertise_id }));
}

/** Gives every one of these expertise to every one of these agents; the pairs that are new. */
export async function giveExpertise(
  db: Handle,
  workspaceId: string,
  expertiseIds: readonly string[],
  userIds: readonly string[],
): Promise<{ userId: string; expertiseId: string }[]> {
  const pairs = userIds.flatMap((userId) =>
    expertiseIds.map((expertiseId) => ({ workspace_id: workspaceId, user_id: userId, expertise_id: expertiseId })),
  );
  const rows = await inChunks(pairs, (chunk) =>
    db('agent_expertise')
      .insert(chunk)
      .onConflict(['workspace_id', 'user_id', 'expertise_id'])
      .ignore()
      .returning<{ user_id: string; expertise_id: string }[]>(['user_id', 'expertise_id']),
  );
  return rows.map((row) => ({ userId: row.user_id, expertiseId: row.expertise_id }));
}

/** Takes these expertise from these agents; the pairs that were there. */
export async function takeExpertise(
  trx: Trx,
  workspaceId: string,
  expertiseIds: readonly string[],
  userIds: readonly string[],
): Promise<{ userId: string; expertiseId: string }[]> {
  if (expertiseIds.length === 0 || userIds.length === 0) return [];
  const pairs = () =>
    trx('agent_expertise')
      .where({ workspace_id: workspaceId })
      .whereIn('expertise_id', expertiseIds)
      .whereIn('user_id', userIds);
  // knex returns no rows of a deletion on SQLite; locked, the rows read are the rows deleted.
  const there = pairs().select<{ user_id: string; expertise_id: string }[]>(['user_id', 'expertise_id']);
  const rows = await (isPostgres(trx) ? there.forUpdate() : there);
  await pairs().delete();
  return rows.map((row) => ({ userId: row.user_id, expertiseId: row.expertise_id }));
}

/** Names of what several people hold, by user id. */
export async function listExpertiseOfAll(
  db: Handle,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (userIds.length === 0) return new Map();
  const rows = await db('agent_expertise')
    .join('expertise', 'expertise.id', 'agent_expertise.expertise_id')
    .where({ 'agent_expertise.workspace_id': workspaceId })
    .whereIn('agent_expertise.user_id', userIds)
    .select<(ExpertiseRow & { user_id: string })[]>([...EXPERTISE_COLUMNS, 'agent_expertise.user_id']);
  const held = new Map<string, string[]>();
  for (const row of rows.sort(byName)) held.set(row.user_id, [...(held.get(row.user_id) ?? []), row.name]);
  return held;
}
