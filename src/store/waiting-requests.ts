/** Requests that look for help, longest waiting first. */
import type { Knex } from 'knex';
import type { Place } from '../domain/place.ts';
import { PLACE_COLUMNS, placeFromRow, type PlaceRow } from './places.ts';
import type { Handle } from './db.ts';
import { requestFromRow, type HelpRequest, type RequestRow } from './help-requests.ts';
import { wantedFromThem } from './unanswered-requests.ts';

export type WaitingRequest = HelpRequest &
  Place & {
    /** The reader is in the conversation. */
    readonly isIn: boolean;
  };

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
    void query.whereExists(wantedFromThem(db, workspaceId, wantedFrom));
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

type Row = RequestRow & PlaceRow & { is_in: number | boolean; number_of_all: number | string };

const IS_IN =
  'exists(select 1 from seats where seats.conversation_id = conversations.id and seats.user_id = ? and seats.left_at is null) as is_in';

/** Open requests as one person sees them, longest waiting first; at most `limit`, and how many there are: 0 beyond the last page. */
export async function listWaitingRequests(
  db: Handle,
  { workspaceId, userId }: { workspaceId: string; userId: string },
  { limit, offset, ...filter }: WaitingFilter & { limit: number; offset: number },
): Promise<{ requests: WaitingRequest[]; count: number }> {
  const rows = await waiting(db, workspaceId, filter)
    .orderBy(['help_requests.asked_at', 'help_requests.id'])
    .limit(limit)
    .offset(offset)
    .select<Row[]>(
      'help_requests.*',
      ...PLACE_COLUMNS,
      db.raw(IS_IN, [userId]),
      waiting(db, workspaceId, filter).count('*').as('number_of_all'),
    );
  return {
    requests: rows.map((row) => ({ ...requestFromRow(row), ...placeFromRow(row), isIn: Boolean(row.is_in) })),
    count: Number(rows[0]?.number_of_all ?? 0),
  };
}

export type WantedExpertise = {
  readonly name: string;
  /** The reader has it. */
  readonly isMine: boolean;
};

type WantedRow = { request_id: string; name: string; mine: string | null };

/** What is wanted in several requests, by request id, and what of it one person has. */
export async function listWantedFor(
  db: Handle,
  { workspaceId, userId }: { workspaceId: string; userId: string },
  requestIds: readonly string[],
): Promise<Map<string, WantedExpertise[]>> {
  const rows = await db('help_request_expertise')
    .join('expertise', 'expertise.id', 'help_request_expertise.expertise_id')
    .leftJoin('agent_expertise as own', (join) => {
      join
        .on('own.expertise_id', 'help_request_expertise.expertise_id')
        .onVal('own.workspace_id', workspaceId)
        .onVal('own.user_id', userId);
    })
    .whereIn('help_request_expertise.request_id', requestIds)
    .orderBy('expertise.name_key')
    .select<WantedRow[]>(['help_request_expertise.request_id', 'expertise.name', 'own.user_id as mine']);
  const wanted = new Map<string, WantedExpertise[]>();
  for (const { request_id: id, name, mine } of rows)
    wanted.set(id, [...(wanted.get(id) ?? []), { name, isMine: mine !== null }]);
  return wanted;
}
