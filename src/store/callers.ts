/** What rights depend on: the person, and whether they are an agent. */
import { isAdministrator } from '../domain/person.ts';
import type { Handle } from './db.ts';
import { LIVE } from './live.ts';
import { PERSON_COLUMNS, personFromRow, type KnownPerson, type PersonRow } from './people.ts';

export type CallerRow = {
  readonly person: KnownPerson;
  readonly isOnDesk: boolean;
  /** By Slack role or made by another. */
  readonly isAdministrator: boolean;
};

const MADE =
  'exists(select 1 from administrators where administrators.workspace_id = people.workspace_id and administrators.user_id = people.user_id)';

/** The person, whether they are on a desk and whether an administrator, in one read; undefined for somebody Beckon has never met. */
export async function findCaller(db: Handle, workspaceId: string, userId: string): Promise<CallerRow | undefined> {
  const row = await db('people')
    .where({ workspace_id: workspaceId, user_id: userId })
    .select<(PersonRow & { on_desk: number | boolean; made: number | boolean })[]>(
      ...PERSON_COLUMNS,
      db.raw(
        'exists(select 1 from desk_agents where desk_agents.workspace_id = people.workspace_id and desk_agents.user_id = people.user_id) as on_desk',
      ),
      db.raw(`${MADE} as made`),
    )
    .first();
  if (row === undefined) return undefined;
  const person = personFromRow(row);
  return { person, isOnDesk: Boolean(row.on_desk), isAdministrator: isAdministrator(person, Boolean(row.made)) };
}

/** People who are administrators: by Slack role or made by another. Whoever is no full member any more is none. */
export const administrators = (db: Handle, workspaceId: string) =>
  db('people')
    .where({ 'people.workspace_id': workspaceId, ...LIVE })
    .where((query) => {
      void query.where('people.is_slack_admin', 1).orWhereRaw(MADE);
    });

/** Names of up to `limit` administrators, for a refusal that says who can help. */
export async function listAdministratorNames(db: Handle, workspaceId: string, limit: number): Promise<string[]> {
  const rows = await administrators(db, workspaceId)
    .orderBy(['people.name', 'people.user_id'])
    .limit(limit)
    .select<{ name: string }[]>('people.name');
  return rows.map((row) => row.name);
}

/** Everybody who is an administrator now, as far as Beckon has met them. */
export async function listAdministrators(db: Handle, workspaceId: string): Promise<string[]> {
  const rows = await administrators(db, workspaceId)
    .orderBy('people.user_id')
    .select<{ user_id: string }[]>('people.user_id');
  return rows.map((row) => row.user_id);
}
