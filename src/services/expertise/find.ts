/** Which expertise a typed name means. */
import { matchName, type Match, type Named } from '../../domain/command-line.ts';
import type { Expertise } from '../../domain/expertise.ts';
import { listed, quoted } from '../../domain/wording.ts';
import { nameKey, unquote } from '../../domain/name.ts';
import { Refusal } from '../../errors.ts';
import type { Handle } from '../../store/db.ts';
import { findExpertiseByKey, listAliases, listExpertise, listExpertiseBeginning } from '../../store/expertise.ts';

const SEVERAL_SHOWN = 5;

/** The one of that name or old name, the only one that begins so, or the several that do; undefined for none. */
async function matchBeginning(db: Handle, workspaceId: string, typed: string): Promise<Match<Expertise> | undefined> {
  const key = nameKey(unquote(typed));
  if (key === '') return undefined;
  const exact = await findExpertiseByKey(db, workspaceId, key);
  if (exact) return { kind: 'found', item: exact };
  const [first, ...others] = await listExpertiseBeginning(db, workspaceId, key);
  if (first === undefined) return undefined;
  return others.length === 0 ? { kind: 'found', item: first } : { kind: 'several', items: [first, ...others] };
}

/** Whether what was typed means one, as it is or by its beginning. */
export async function meansOne(db: Handle, workspaceId: string, typed: string): Promise<Expertise | undefined> {
  const match = await matchBeginning(db, workspaceId, typed);
  return match?.kind === 'found' ? match.item : undefined;
}

/** The whole catalogue, with what everything was called before. */
export async function catalogue(db: Handle, workspaceId: string): Promise<Named<Expertise>[]> {
  const expertise = await listExpertise(db, workspaceId);
  const oldKeys = new Map<string, string[]>();
  for (const alias of await listAliases(db, workspaceId)) {
    oldKeys.set(alias.expertiseId, [...(oldKeys.get(alias.expertiseId) ?? []), alias.nameKey]);
  }
  return expertise.map((item) => ({ item, keys: [item.nameKey, ...(oldKeys.get(item.id) ?? [])] }));
}

/** The one of that name or old name, the only one that begins so, the several that do, or the closest. */
export async function matchExpertise(db: Handle, workspaceId: string, typed: string): Promise<Match<Expertise>> {
  const match = await matchBeginning(db, workspaceId, typed);
  return match ?? matchName(typed, await catalogue(db, workspaceId));
}

/** Why a name that was typed means none: it could be several, or there is none, with the closest. */
export function unmatchedWords(typed: string, match: Exclude<Match<Expertise>, { kind: 'found' }>): string {
  const asked = quoted(unquote(typed));
  if (match.kind === 'none') {
    const hint = match.closest ? ` Did you mean ${quoted(match.closest.name)}?` : '';
    return `There is no expertise ${asked}.${hint}`;
  }
  const names = match.items.slice(0, SEVERAL_SHOWN).map(({ name }) => quoted(name));
  const more = match.items.length > SEVERAL_SHOWN ? ['others'] : [];
  return `${asked} could be ${listed([...names, ...more], 'or')}. Please type a little more.`;
}

/**
 * The same for verbs that need exactly one.
 *
 * @throws Refusal `not_found` with the closest names, `invalid` when nothing was typed
 */
export async function findExpertiseByText(db: Handle, workspaceId: string, typed: string): Promise<Expertise> {
  if (nameKey(unquote(typed)) === '') {
    throw new Refusal('invalid', 'Say which expertise as well, by its name. `/expertise list` shows all.');
  }
  const match = await matchExpertise(db, workspaceId, typed);
  if (match.kind === 'found') return match.item;
  const all = match.kind === 'none' ? ' `/expertise list` shows all.' : '';
  throw new Refusal('not_found', `${unmatchedWords(typed, match)}${all}`);
}
