/** What is chosen for: the conversation's desk, what is wanted, and who is left out because they are in it. */
import type { Wish } from '../../domain/forward.ts';
import { Refusal } from '../../errors.ts';
import { listConversationExpertise, type NamedExpertise } from '../../store/conversation-expertise.ts';
import type { Handle } from '../../store/db.ts';
import { findChoosingDesk } from '../../store/desks.ts';
import { holdExpertise } from '../../store/expertise-hold.ts';
import { listSeats } from '../../store/seats.ts';
import { together } from '../../store/together.ts';
import type { Choice } from './ranked.ts';

/** So much can be wanted, and so many people named as candidates. */
const WANTED_MAX = 100;
const CANDIDATES_MAX = 100;

/** @throws Refusal `invalid` */
export function checkWish({ wanted = [], candidates = [] }: Wish): void {
  if (wanted.length > WANTED_MAX) {
    throw new Refusal('invalid', `Ask for up to ${WANTED_MAX} expertise; these are ${wanted.length}.`, 'expertise');
  }
  if (candidates.length > CANDIDATES_MAX) {
    throw new Refusal(
      'invalid',
      `Name up to ${CANDIDATES_MAX} candidates; these are ${candidates.length}.`,
      'candidates',
    );
  }
}

/** Expertise by id as it is now: what was merged is what it is now, what was deleted is left out. By name. */
export async function expertiseOf(db: Handle, workspaceId: string, ids: readonly string[]): Promise<NamedExpertise[]> {
  const held = await holdExpertise(db, workspaceId, ids);
  const named = new Map([...held.values()].map(({ id, name, nameKey }) => [id, { id, name, nameKey }]));
  return [...named.values()].sort((a, b) => (a.nameKey < b.nameKey ? -1 : 1)).map(({ id, name }) => ({ id, name }));
}

/** Everybody who is in a conversation, or is coming in. */
async function peopleIn(db: Handle, conversationId: string): Promise<string[]> {
  const seats = await listSeats(db, conversationId);
  return seats.filter(({ state }) => state === 'in' || state === 'arriving').map(({ userId }) => userId);
}

/**
 * @param tried had it before in the same forward
 */
export async function choiceFor(
  db: Handle,
  { workspaceId, id }: { workspaceId: string; id: string },
  wish: Wish,
  tried: readonly string[] = [],
): Promise<Choice> {
  const { wanted: ids } = wish;
  const [desk, wanted, seated] = await together(db, [
    () => findChoosingDesk(db, workspaceId, id),
    () => (ids === undefined ? listConversationExpertise(db, id) : expertiseOf(db, workspaceId, ids)),
    () => peopleIn(db, id),
  ]);
  if (desk === undefined) throw new Error('There is no such conversation.');
  return { workspaceId, desk, wish, wanted, except: [...new Set([...seated, ...tried])] };
}
