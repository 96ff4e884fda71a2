/** Expertise to choose from in a form. */
import { nameKey } from '../../domain/name.ts';
import type { Handle } from '../../store/db.ts';
import { hasMoreExpertise, listExpertise } from '../../store/expertise.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireMember } from '../rights.ts';

export type Choice = { readonly id: string; readonly name: string };

/** Slack's limit of what a list may offer at once. https://docs.slack.dev/reference/block-kit/block-elements */
const OPTIONS_MAX = 100;

/** What contains the typed text, names that begin with it first, by name; at most `limit`. */
export async function suggestExpertise(
  db: Handle,
  workspaceId: string,
  query: string,
  limit: number = OPTIONS_MAX,
): Promise<Choice[]> {
  const key = nameKey(query);
  const fitting = await listExpertise(db, workspaceId, key);
  const [first, then] = [
    fitting.filter((expertise) => expertise.nameKey.startsWith(key)),
    fitting.filter((expertise) => !expertise.nameKey.startsWith(key)),
  ];
  return [...first, ...then].slice(0, limit).map(({ id, name }) => ({ id, name }));
}

/** The same for whoever builds a workflow. */
export const offeredExpertise = ({ db }: Deps, workspaceId: string, query: string): Promise<Choice[]> =>
  suggestExpertise(db, workspaceId, query);

/** The same for the person who types in a form. @throws Refusal `not_allowed` for people from outside */
export async function expertiseOptions({ db }: Deps, actor: Actor, query: string): Promise<Choice[]> {
  await requireMember(db, actor);
  return suggestExpertise(db, actor.workspaceId, query);
}

/** What a form offers: all of them, or that there are too many for a list and it must ask as the person types. */
export type Catalogue = { readonly kind: 'all'; readonly choices: readonly Choice[] } | { readonly kind: 'search' };

export async function expertiseCatalogue(db: Handle, workspaceId: string): Promise<Catalogue> {
  if (await hasMoreExpertise(db, workspaceId, OPTIONS_MAX)) return { kind: 'search' };
  const all = await listExpertise(db, workspaceId);
  return { kind: 'all', choices: all.map(({ id, name }) => ({ id, name })) };
}
