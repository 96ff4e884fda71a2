/** What a bot names by id or by name. */
import { matchName } from '../../domain/command-line.ts';
import type { Expertise } from '../../domain/expertise.ts';
import { byName } from '../../domain/expertise.ts';
import { listed, quoted } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import type { Handle } from '../../store/db.ts';
import { listDesks, type Desk } from '../../store/desks.ts';
import { findExpertise } from '../../store/expertise.ts';
import { matchExpertise } from '../expertise/find.ts';

async function oneMeant(db: Handle, workspaceId: string, named: string, field: string): Promise<Expertise> {
  const byId = await findExpertise(db, workspaceId, named);
  if (byId) return byId;
  const match = await matchExpertise(db, workspaceId, named);
  if (match.kind === 'found') return match.item;
  const closest = match.kind === 'several' ? match.items.slice(0, 3) : match.closest ? [match.closest] : [];
  const hint =
    closest.length === 0
      ? ''
      : ` Did you mean ${listed(
          closest.map(({ name }) => quoted(name)),
          'or',
        )}?`;
  throw new Refusal('invalid', `There is no expertise ${quoted(named)}.${hint}`, field);
}

/**
 * Expertise by id or name, old names and ids of merged ones included, each once.
 *
 * @throws Refusal `invalid` on `expertise[n]`, naming the closest
 */
export async function expertiseNamed(db: Handle, workspaceId: string, named: readonly string[]): Promise<Expertise[]> {
  const found = new Map<string, Expertise>();
  for (const [index, one] of named.entries()) {
    const expertise = await oneMeant(db, workspaceId, one, `expertise[${index}]`);
    found.set(expertise.id, expertise);
  }
  return [...found.values()].sort(byName);
}

/**
 * A desk by id or name.
 *
 * @throws Refusal `invalid` on `desk`, naming the closest
 */
export async function deskNamed(db: Handle, workspaceId: string, named: string): Promise<Desk> {
  const desks = (await listDesks(db, workspaceId)).filter((desk) => !desk.isArchived);
  const byId = desks.find(({ id }) => id === named);
  if (byId) return byId;
  const match = matchName(
    named,
    desks.map((item) => ({ item, keys: [item.nameKey] })),
  );
  if (match.kind === 'found') return match.item;
  const closest = match.kind === 'several' ? match.items[0] : match.closest;
  const hint = closest === undefined ? '' : ` Did you mean ${quoted(closest.name)}?`;
  throw new Refusal('invalid', `There is no desk ${quoted(named)}.${hint}`, 'desk');
}
