/** The mirror of what Slack says of people. */
import { nameKey } from '../domain/name.ts';
import type { Person, Presence, Signals } from '../domain/person.ts';
import { inChunks } from './chunks.ts';
import { columnsOf } from './columns.ts';
import type { Handle } from './db.ts';
import { LIVE } from './live.ts';
import { markStandings } from './standing-marks.ts';

export type KnownPerson = Person & Signals & { readonly readAt: string };

export type PersonRow = {
  workspace_id: string;
  user_id: string;
  name: string;
  real_name: string;
  is_guest: number;
  is_bot: number;
  is_deactivated: number;
  is_outsider: number;
  is_slack_admin: number;
  time_zone: string;
  locale: string;
  huddle_until: string | null;
  dnd_starts_at: string | null;
  dnd_ends_at: string | null;
  dnd_at: string | null;
  status_emoji: string;
  status_until: string | null;
  presence: Presence;
  presence_at: string | null;
  read_at: string;
};

export const PERSON_COLUMNS = columnsOf<PersonRow>('people', {
  workspace_id: true,
  user_id: true,
  name: true,
  real_name: true,
  is_guest: true,
  is_bot: true,
  is_deactivated: true,
  is_outsider: true,
  is_slack_admin: true,
  time_zone: true,
  locale: true,
  huddle_until: true,
  dnd_starts_at: true,
  dnd_ends_at: true,
  dnd_at: true,
  status_emoji: true,
  status_until: true,
  presence: true,
  presence_at: true,
  read_at: true,
});

/** A person from a row that has the columns of `people`. */
export const personFromRow = (row: PersonRow): KnownPerson => ({
  userId: row.user_id,
  name: row.name,
  realName: row.real_name,
  isGuest: row.is_guest === 1,
  isBot: row.is_bot === 1,
  isDeactivated: row.is_deactivated === 1,
  isOutsider: row.is_outsider === 1,
  isSlackAdmin: row.is_slack_admin === 1,
  timeZone: row.time_zone,
  locale: row.locale,
  huddleUntil: row.huddle_until ?? undefined,
  statusEmoji: row.status_emoji,
  statusUntil: row.status_until ?? undefined,
  presence: row.presence,
  presenceAt: row.presence_at ?? undefined,
  dndStartsAt: row.dnd_starts_at ?? undefined,
  dndEndsAt: row.dnd_ends_at ?? undefined,
  dndAt: row.dnd_at ?? undefined,
  readAt: row.read_at,
});

/** What somebody is found and sorted by: the name colleagues see, then the real one. */
const searchKeyOf = ({ name, realName }: Person): string => nameKey(name === realName ? name : `${name} ${realName}`);

/** Saves what Slack said of people now; signals kept beside it (presence, do not disturb) stay. */
export async function savePeople(db: Handle, workspaceId: string, people: readonly Person[], now: Date): Promise<void> {
  if (people.length === 0) return;
  const rows = people.map((person) => ({
    workspace_id: workspaceId,
    user_id: person.userId,
    name: person.name,
    real_name: person.realName,
    search_key: searchKeyOf(person),
    is_guest: Number(person.isGuest),
    is_bot: Number(person.isBot),
    is_deactivated: Number(person.isDeactivated),
    is_outsider: Number(person.isOutsider),
    is_slack_admin: Number(person.isSlackAdmin),
    time_zone: person.timeZone,
    locale: person.locale,
    huddle_until: person.huddleUntil ?? null,
    status_emoji: person.statusEmoji,
    status_until: person.statusUntil ?? null,
    read_at: now.toISOString(),
  }));
  await inChunks(rows, (chunk) =>
    db('people').insert(chunk).onConflict(['workspace_id', 'user_id']).merge().returning('user_id'),
  );
  await markStandings(
    db,
    workspaceId,
    people.map((person) => person.userId),
  );
}

export async function findPerson(db: Handle, workspaceId: string, userId: string): Promise<KnownPerson | undefined> {
  const row = await db('people')
    .where({ workspace_id: workspaceId, user_id: userId })
    .first<PersonRow | undefined>(PERSON_COLUMNS);
  return row && personFromRow(row);
}

/** Whether somebody is known, and a full member. */
export async function isLivePerson(db: Handle, workspaceId: string, userId: string): Promise<boolean> {
  const row = await db('people')
    .where({ workspace_id: workspaceId, user_id: userId, ...LIVE })
    .first<object | undefined>('user_id');
  return row !== undefined;
}

/** Those of the people asked for that are known, by user id. */
export async function listPeople(
  db: Handle,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Map<string, KnownPerson>> {
  if (userIds.length === 0) return new Map();
  const rows = await db('people')
    .where({ workspace_id: workspaceId })
    .whereIn('user_id', userIds)
    .select<PersonRow[]>(PERSON_COLUMNS);
  return new Map(rows.map((row) => [row.user_id, personFromRow(row)]));
}

export async function savePresence(
  db: Handle,
  workspaceId: string,
  presence: ReadonlyMap<string, Presence>,
  now: Date,
): Promise<void> {
  for (const value of ['active', 'away', 'unknown'] as const) {
    const userIds = [...presence].filter(([, is]) => is === value).map(([userId]) => userId);
    if (userIds.length === 0) continue;
    await db('people')
      .where({ workspace_id: workspaceId })
      .whereIn('user_id', userIds)
      .update({ presence: value, presence_at: now.toISOString() });
  }
  await markStandings(db, workspaceId, [...presence.keys()]);
}

export async function saveDnd(
  db: Handle,
  workspaceId: string,
  userId: string,
  dnd: { startsAt: string | undefined; endsAt: string | undefined },
  now: Date,
): Promise<void> {
  await db('people')
    .where({ workspace_id: workspaceId, user_id: userId })
    .update({ dnd_starts_at: dnd.startsAt ?? null, dnd_ends_at: dnd.endsAt ?? null, dnd_at: now.toISOString() });
  await markStandings(db, workspaceId, [userId]);
}
