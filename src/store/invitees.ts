/** Agents who could be invited into a conversation, in the order a picker shows them. */
import { contains } from './contains.ts';
import { bestCovering, FEW } from './covering.ts';
import type { Handle } from './db.ts';
import { firstByName, rank, type InviteeQuery, type Ranked } from './invitee-order.ts';
import { readJson } from './json.ts';
import { LIVE } from './live.ts';
import { PERSON_COLUMNS, personFromRow, type KnownPerson, type PersonRow } from './people.ts';

export type { InviteeQuery };

export type Invitee = {
  readonly person: KnownPerson;
  readonly pausedUntil: string | undefined;
  readonly languages: readonly string[];
  /** Open conversations they are in. */
  readonly conversations: number;
};

type Row = PersonRow & { paused_until: string | null; languages: string };

/** Ids, where they are few. */
async function few(query: PromiseLike<{ user_id: string }[]>): Promise<string[] | undefined> {
  const rows = await query;
  return rows.length > FEW ? undefined : rows.map((row) => row.user_id);
}

/** The people a search or a filter leaves, where these are few; undefined where anybody may fit. */
async function narrowed(
  db: Handle,
  { workspaceId, search, having, among }: InviteeQuery,
): Promise<string[] | undefined> {
  if (among) return [...among];
  const some = (table: string) => db(table).limit(FEW + 1);
  const found =
    search === ''
      ? undefined
      : await few(
          some('people')
            .where({ workspace_id: workspaceId, ...LIVE })
            .whereRaw(contains(db, 'people.search_key'), [search])
            .select<{ user_id: string }[]>('user_id'),
        );
  if (found || having.length === 0) return found;
  return few(
    some('agent_expertise')
      .where({ workspace_id: workspaceId })
      .whereIn('expertise_id', having)
      .distinct<{ user_id: string }[]>('user_id'),
  );
}

async function hasFewAgents(db: Handle, workspaceId: string): Promise<boolean> {
  const agents = db('agents')
    .where({ workspace_id: workspaceId })
    .limit(FEW + 1);
  return (await few(agents.select<{ user_id: string }[]>('user_id'))) !== undefined;
}

/** The same as ranking everybody, without that: who has most of what is wanted is known, and of those who have equally much the first names are. */
async function firstOfMany(db: Handle, query: InviteeQuery): Promise<Ranked[]> {
  const { limit, offset } = query;
  const shown = offset + limit;
  const { above, next } = await bestCovering(db, query.workspaceId, query.wanted);
  const best = above.size === 0 ? [] : await rank(db, query, { among: [...above.keys()], limit: shown, offset: 0 });
  const missing = shown - best.length;
  const others = missing === 0 ? [] : await firstByName(db, query, next, missing);
  if (others.length < missing) return rank(db, query, { among: undefined, limit, offset });
  return [...best, ...others].slice(offset);
}

async function ranked(db: Handle, query: InviteeQuery): Promise<Ranked[]> {
  const { limit, offset } = query;
  const among = await narrowed(db, query);
  const isSmall = among !== undefined || (await hasFewAgents(db, query.workspaceId));
  return isSmall ? rank(db, query, { among, limit, offset }) : firstOfMany(db, query);
}

/** A page of agents who are not in a conversation. */
export async function listInvitees(db: Handle, query: InviteeQuery): Promise<Invitee[]> {
  const order = await ranked(db, query);
  const userIds = order.map((row) => row.user_id);
  const rows = await db('people')
    .crossJoin(db.raw('agents'))
    .whereRaw('agents.workspace_id = people.workspace_id and agents.user_id = people.user_id')
    .where({ 'people.workspace_id': query.workspaceId })
    .whereIn('people.user_id', userIds)
    .select<Row[]>(...PERSON_COLUMNS, 'agents.paused_until', 'agents.languages');
  const found = new Map(rows.map((row) => [row.user_id, row]));
  return order.flatMap(({ user_id: userId, conversations }) => {
    const row = found.get(userId);
    if (row === undefined) return [];
    const languages = readJson<string[]>(row.languages);
    const pausedUntil = row.paused_until ?? undefined;
    return [{ person: personFromRow(row), pausedUntil, languages, conversations: Number(conversations) }];
  });
}
