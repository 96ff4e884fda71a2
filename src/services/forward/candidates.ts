/** People a bot names as candidates: only they are considered, whether they are available or not. */
import type { Candidate } from '../../domain/selection.ts';
import { coversOf } from '../../store/calls.ts';
import type { Handle } from '../../store/db.ts';
import type { ShortlistQuery } from '../../store/shortlist.ts';
import { readStandings, type StandingRow } from '../../store/standings.ts';

const nobodyKnown = (userId: string): Candidate => ({
  userId,
  covers: [],
  speaks: false,
  isInCountry: false,
  isPrevious: false,
  isUnknown: true,
  inBuffer: false,
  load: 0,
  inCall: false,
  lastForwardedAt: '',
});

/** Somebody on several desks stands the same on each of them, but for what a desk leaves out; the conversation's own comes first. */
function standingOf(rows: readonly StandingRow[], userId: string, deskId: string) {
  const own = rows.filter((row) => row.userId === userId);
  return (own.find((row) => row.deskId === deskId) ?? own[0])?.standing;
}

/** The candidates with every factor of the ranking; nothing else is checked. */
export async function namedCandidates(
  db: Handle,
  query: ShortlistQuery,
  userIds: readonly string[],
  now: Date,
): Promise<Candidate[]> {
  const { workspaceId, deskId, wanted, language, country, previousAgent, except } = query;
  const named = [...new Set(userIds)].filter((id) => !except.includes(id));
  // Who is left out does not matter here, so that no emoji needs to count as out of office.
  const rows = await readStandings(db, named, { workspaceId, awayEmoji: [], now });
  const covers = await coversOf(db, workspaceId, wanted, named);
  return named.map((userId) => {
    const standing = standingOf(rows, userId, deskId);
    const known = { ...nobodyKnown(userId), covers: covers.get(userId) ?? [], isPrevious: userId === previousAgent };
    if (standing === undefined) return known;
    const { isUnknown, inBuffer, load, inCall, lastForwardedAt } = standing;
    const speaks = language !== '' && standing.languages.includes(language);
    const isInCountry = country !== '' && standing.country === country;
    return { ...known, speaks, isInCountry, isUnknown, inBuffer, load, inCall, lastForwardedAt };
  });
}
