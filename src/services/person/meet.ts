/** Makes sure the people a verb is about are known, and as fresh as a right that depends on them needs. */
import { isCustomer, isFullMember, PERSON_STALE_HOURS, type Person } from '../../domain/person.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { listPeople, savePeople, type KnownPerson } from '../../store/people.ts';
import { setTimer } from '../../store/timers.ts';
import type { Deps } from '../deps.ts';
import { withdrawMessages } from './withdraw.ts';

const STALE_MS = PERSON_STALE_HOURS * 3_600_000;

/** Whether Slack said it so long ago that it is asked again before a right depends on it. */
export const isStale = ({ readAt }: Pick<KnownPerson, 'readAt'>, now: Date): boolean =>
  readAt < new Date(now.getTime() - STALE_MS).toISOString();

/**
 * The event that told of it was missed: they were a colleague and are none any more. What follows for conversations, desks and help channels
 * asks Slack, so it is due at once by timer.
 */
async function noticeGone(trx: Trx, deps: Deps, workspaceId: string, person: Person): Promise<void> {
  if (isCustomer(person)) await withdrawMessages(trx, deps, workspaceId, person.userId);
  await setTimer(trx, { workspaceId, kind: 'person.gone', subjectId: person.userId }, deps.now());
}

/**
 * Reads the mirror, asks Slack for those who are missing or older than a day, and saves what it said. People Slack said nothing of
 * are missing from the answer unless they were known before. Who turns out to be no full member any more is out of everything soon.
 */
export async function meet(
  deps: Deps,
  workspaceId: string,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, KnownPerson>> {
  const { db, slack, now } = deps;
  const known = await listPeople(db, workspaceId, userIds);
  const missing = userIds.filter((userId) => {
    const person = known.get(userId);
    return person === undefined || isStale(person, now());
  });
  if (missing.length === 0) return known;
  const answers = await slack.people(workspaceId, missing);
  if (answers.size === 0) return known;
  const gone = [...answers.values()].filter((person) => {
    const was = known.get(person.userId);
    return was !== undefined && isFullMember(was) && !isFullMember(person);
  });
  await transaction(db, async (trx) => {
    await savePeople(trx, workspaceId, [...answers.values()], now());
    for (const person of gone) await noticeGone(trx, deps, workspaceId, person);
  });
  return listPeople(db, workspaceId, userIds);
}
