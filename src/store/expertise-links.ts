/** Where an expertise is used, and moving its links to another. */
import type { Knex } from 'knex';
import type { Place } from '../domain/place.ts';
import { PLACE_COLUMNS, placeFromRow, type PlaceRow } from './places.ts';
import type { Handle, Trx } from './db.ts';
import { UNENDED } from './help-requests.ts';

/** Every table that links to expertise, and what it links. */
const LINKS = [
  ['agent_expertise', 'user_id'],
  ['conversation_expertise', 'conversation_id'],
  ['help_request_expertise', 'request_id'],
] as const;

/** Whether what a row links is linked to `expertiseId` as well. Row by row through the key, so that thousands cost no more each. */
const otherLink = (db: Handle, table: (typeof LINKS)[number][0], linked: string, expertiseId: string) => {
  const query = db(`${table} as other`)
    .select(db.raw('1'))
    .whereRaw('?? = ??', [`other.${linked}`, `${table}.${linked}`])
    .where('other.expertise_id', expertiseId);
  return table === 'agent_expertise' ? query.whereRaw('other.workspace_id = agent_expertise.workspace_id') : query;
};

/** Read from what is open: years of what is closed may be about it. SQLite takes a cross join in the order it is written. */
const conversationsAbout = (db: Handle, workspaceId: string, expertiseId: string): Knex.QueryBuilder =>
  db('conversations')
    .crossJoin(db.raw('conversation_expertise'))
    .whereRaw('conversation_expertise.conversation_id = conversations.id')
    .where({ 'conversations.workspace_id': workspaceId, 'conversation_expertise.expertise_id': expertiseId })
    .whereNull('conversations.closed_at');

/** Open conversations that are about it, the oldest first; at most `limit`, and how many there are. */
export async function listConversationsAbout(
  db: Handle,
  workspaceId: string,
  expertiseId: string,
  limit: number,
): Promise<{ places: Place[]; count: number }> {
  const rows = await conversationsAbout(db, workspaceId, expertiseId)
    .orderBy(['conversations.opened_at', 'conversations.id'])
    .limit(limit)
    .select<(PlaceRow & { number_of_all: number | string })[]>(
      ...PLACE_COLUMNS,
      conversationsAbout(db, workspaceId, expertiseId).count('*').as('number_of_all'),
    );
  return { places: rows.map(placeFromRow), count: Number(rows[0]?.number_of_all ?? 0) };
}

/** How many open conversations are about it. */
export async function countConversationsAbout(db: Handle, workspaceId: string, expertiseId: string): Promise<number> {
  const row = await conversationsAbout(db, workspaceId, expertiseId)
    .count({ count: '*' })
    .first<{ count: number | string } | undefined>();
  return Number(row?.count ?? 0);
}

export type WantingRequest = Place & { readonly requestId: string; readonly conversationId: string };

/** Requests for help that want it and have not ended, the longest waiting first. */
export async function listRequestsWanting(
  db: Handle,
  workspaceId: string,
  expertiseId: string,
): Promise<WantingRequest[]> {
  // As above, from what has not ended.
  const rows = await db('help_requests')
    .crossJoin(db.raw('help_request_expertise'))
    .crossJoin(db.raw('conversations'))
    .whereRaw('help_request_expertise.request_id = help_requests.id')
    .whereRaw('conversations.id = help_requests.conversation_id')
    .where({ 'help_requests.workspace_id': workspaceId, 'help_request_expertise.expertise_id': expertiseId })
    .whereIn('help_requests.state', UNENDED)
    .orderBy(['help_requests.asked_at', 'help_requests.id'])
    .select<(PlaceRow & { request_id: string; conversation_id: string })[]>([
      'help_requests.id as request_id',
      'help_requests.conversation_id',
      ...PLACE_COLUMNS,
    ]);
  return rows.map((row) => ({
    ...placeFromRow(row),
    requestId: row.request_id,
    conversationId: row.conversation_id,
  }));
}

/** Moves what is linked to one expertise to another. What is linked to both stays linked to the other; its link to the first goes with it. */
export async function moveLinks(trx: Trx, workspaceId: string, fromId: string, intoId: string): Promise<void> {
  for (const [table, linked] of LINKS) {
    await trx(table)
      .where({ expertise_id: fromId, ...(table === 'agent_expertise' && { workspace_id: workspaceId }) })
      .whereNotExists(otherLink(trx, table, linked, intoId))
      .update({ expertise_id: intoId });
  }
}

/** From now on the old id and every old name of the one stand for the other. */
export async function moveNames(trx: Trx, workspaceId: string, fromId: string, intoId: string): Promise<void> {
  const links = { workspace_id: workspaceId, expertise_id: fromId };
  await trx('expertise_aliases').where(links).update({ expertise_id: intoId });
  await trx('expertise_merges').where(links).update({ expertise_id: intoId });
  await trx('expertise_merges').insert({ workspace_id: workspaceId, old_id: fromId, expertise_id: intoId });
}

/** Deletes an expertise with everything linked to it; whether it was there. */
export async function deleteExpertiseRow(trx: Trx, workspaceId: string, id: string): Promise<boolean> {
  return (await trx('expertise').where({ workspace_id: workspaceId, id }).delete()) === 1;
}
