/** Makes sure the people a verb is about are known, and as fresh as a right that depends on them needs. */
import { PERSON_STALE_HOURS } from '../../domain/person.ts';
import { transaction } from '../../store/db.ts';
import { listPeople, savePeople, type KnownPerson } from '../../store/people.ts';
import type { Deps } from '../deps.ts';

const STALE_MS = PERSON_STALE_HOURS * 3_600_000;

/** Whether Slack said it so long ago that it is asked again before a right depends on it. */
export const isStale = ({ readAt }: Pick<KnownPerson, 'readAt'>, now: Date): boolean =>
  readAt < new Date(now.getTime() - STALE_MS).toISOString();

/**
 * Reads the mirror, asks Slack for those who are missing or older than a day, and saves what it said. People Slack said nothing of
 * are missing from the answer unless they were known before.
 */
export async function meet(
  { db, slack, now }: Deps,
  workspaceId: string,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, KnownPerson>> {
  const known = await listPeople(db, workspaceId, userIds);
  const missing = userIds.filter((userId) => {
    const person = known.get(userId);
    return person === undefined || isStale(person, now());
  });
  if (missing.length === 0) return known;
  const answers = await slack.people(workspaceId, missing);
  if (answers.size === 0) return known;
  await transaction(db, (trx) => savePeople(trx, workspaceId, [...answers.values()], now()));
  return listPeople(db, workspaceId, userIds);
}
