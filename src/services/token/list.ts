/** The tokens of a workspace, without their secrets. */
import { Refusal } from '../../errors.ts';
import { findToken, listTokens, type Token } from '../../store/tokens.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAdministrator } from '../rights.ts';

export type ListedToken = Pick<
  Token,
  'id' | 'name' | 'hint' | 'speaksAs' | 'madeBy' | 'madeAt' | 'usedAt' | 'webhookUrl' | 'version'
>;

const listed = (token: Token): ListedToken => {
  const { id, name, hint, speaksAs, madeBy, madeAt, usedAt, webhookUrl, version } = token;
  return { id, name, hint, speaksAs, madeBy, madeAt, usedAt, webhookUrl, version };
};

/** Those in use, the oldest first. @throws Refusal `not_allowed` */
export async function tokenList({ db }: Deps, actor: Actor): Promise<ListedToken[]> {
  await requireAdministrator(db, actor);
  return (await listTokens(db, actor.workspaceId)).map(listed);
}

/** @throws Refusal `not_allowed`; `gone` for one that was revoked */
export async function tokenMeant({ db }: Deps, actor: Actor, tokenId: string): Promise<ListedToken> {
  await requireAdministrator(db, actor);
  const token = await findToken(db, actor.workspaceId, tokenId);
  if (token === undefined) throw new Refusal('gone', 'Somebody revoked this token a moment ago.');
  return listed(token);
}
