/** Requests that look for help, longest waiting first. */
import type { Knex } from 'knex';
import type { Place } from '../domain/place.ts';
import { PLACE_COLUMNS, placeFromRow, type PlaceRow } from './places.ts';
import type { Handle } from './db.ts';
import { requestFromRow, type HelpRequest, type RequestRow } from './help-requests.ts';

export type WaitingRequest = HelpRequest & Place & { readonly deskId: string };

export type WaitingFilter = {
  /** Only those that want something this person has. */
  readonly wantedFrom?: string;
  /** Only those with a customer who reads Slack in one of these (ISO 639-1). */
  readonly languages?: readonly string[];
  readonly deskId?: string;
};

function waiting(db: Handle, workspaceId: string, { wantedFrom, languages, deskId }: WaitingFilter): Knex.QueryBuilder {
  const query = db('help_requests')
    .join('conversations', 'conversations.id', 'help_requests.conversation_id')
    .where({ 'help_requests.workspace_id': workspaceId, 'help_requests.state': 'open' });
  if (deskId !== undefined) void query.where('conversations.desk_id', deskId);
  if (wantedFrom !== undefined) {
    void query.whereExists(
      db('help_request_expertise')
        .join('agent_expertise', 'agent_expertise.expertise_id', 'help_request_expertise.expertise_id')
        .select(db.raw('1'))
        .where({
          'help_request_expertise.request_id': db.ref('help_requests.id'),
          'agent_expertise.workspace_id': workspaceId,
          'agent_expertise.user_id': wantedFrom,
        }),
    );
  }
  if (languages !== undefined) {
    void query.whereExists(
      db('conversation_customers')
        .join('people', 'people.user_id', 'conversation_customers.user_id')
        .select(db.raw('1'))
        .where({
          'conversation_customers.conversation_id': db.ref('conversations.id'),
          'conversation_customers.is_removed': 0,
          'people.workspace_id': workspaceId,
        })
        // A Slack locale begins with its ISO 639-1 code: "fr-FR". With no language nothing fits.
        .whereRaw(`substr(people.locale, 1, 2) in (${languages.map(() => '?').join(', ') || 'null'})`, [...languages]),
    );
  }
  return query;
}

/** Open requests, longest waiting first. */
export async function listWaitingRequests(
  db: Handle,
  workspaceId: string,
  { limit, offset = 0, ...filter }: WaitingFilter & { limit: number; offset?: number },
): Promise<WaitingRequest[]> {
  const rows = await waiting(db, workspaceId, filter)
    .orderBy(['help_requests.asked_at', 'help_requests.id'])
    .limit(limit)
    .offset(offset)
    .select<(RequestRow & PlaceRow & { desk_id: string })[]>([
      'help_requests.*',
      ...PLACE_COLUMNS,
      'conversations.desk_id',
    ]);
  return rows.map((row) => ({ ...requestFromRow(row), ...placeFromRow(row), deskId: row.desk_id }));
}

export async function countWaitingRequests(db: Handle, workspaceId: string, filter: WaitingFilter): Promise<number> {
  const row = await waiting(db, workspaceId, filter)
    .count({ open: '*' })
    .first<{ open: number | string } | undefined>();
  return Number(row?.open ?? 0);
}
