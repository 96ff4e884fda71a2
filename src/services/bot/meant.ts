/** What a bot names by id or by name. */
import { matchName, type Match, type Named } from '../../domain/command-line.ts';
import type { Expertise } from '../../domain/expertise.ts';
import { byName } from '../../domain/expertise.ts';
import { nameKey, unquote } from '../../domain/name.ts';
import { listed, quoted } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import type { Handle } from '../../store/db.ts';
import { listDesks, type Desk } from '../../store/desks.ts';
import { findExactly } from '../../store/expertise-meant.ts';
import { catalogue } from '../expertise/find.ts';

/** Why a name means none: the closest, or those it could be. */
function unmeant(named: string, match: Exclude<Match<Expertise>, { kind: 'found' }>, field: string): Refusal {
  const closest = match.kind === 'several' ? match.items.slice(0, 3) : match.closest ? [match.closest] : [];
  const names = closest.map(({ name }) => quoted(name));
  const hint = names.length === 0 ? '' : ` Did you mean ${listed(names, 'or')}?`;
  return new Refusal('invalid', `There is no expertise ${quoted(named)}.${hint}`, field);
}

const keyOf = (named: string): string => nameKey(unquote(named));

/**
 * Expertise by id or name, old names and ids of merged ones included, each once. However many are named, that is one query, and two more
 * where some names are only begun.
 *
 * @throws Refusal `invalid` on `expertise[n]`, naming the closest
 */
export async function expertiseNamed(db: Handle, workspaceId: string, named: readonly string[]): Promise<Expertise[]> {
  if (named.length === 0) return [];
  const exactly = await findExactly(db, workspaceId, { id: named, key: named.map(keyOf) });
  const found = new Map<string, Expertise>();
  let all: Named<Expertise>[] | undefined;
  for (const [index, one] of named.entries()) {
    let expertise = exactly.id.get(one) ?? exactly.key.get(keyOf(one));
    if (expertise === undefined) {
      all ??= await catalogue(db, workspaceId);
      const match = matchName(one, all);
      if (match.kind !== 'found') throw unmeant(one, match, `expertise[${index}]`);
      expertise = match.item;
    }
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
