/** An administrator makes a token for a bot. */
import { checkTokenName } from '../../domain/token.ts';
import { quoted } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import { transaction } from '../../store/db.ts';
import { insertToken } from '../../store/tokens.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAdministrator } from '../rights.ts';
import { requireBotUser } from './speaks-as.ts';

export const nameTaken = (name: string): Refusal =>
  new Refusal(
    'duplicate',
    `There is a token ${quoted(name)} already. Revoke it first, or choose another name.`,
    'name',
  );

export type NewToken = {
  name: string;
  /** The Slack bot user it speaks through, '' for none. */
  speaksAs: string;
  /** Made by the caller from at least 32 random bytes; it is hashed here and kept nowhere. */
  secret: string;
};

/**
 * Makes a token.
 *
 * @returns its id; the secret is the caller's to show, once
 * @throws Refusal `not_allowed`; `invalid` on `name` or `speaks_as`; `duplicate` on `name`; `unavailable`
 */
export async function makeToken(deps: Deps, actor: Actor, { name, speaksAs, secret }: NewToken): Promise<string> {
  await requireAdministrator(deps.db, actor);
  const tidy = checkTokenName(name);
  await requireBotUser(deps, actor, speaksAs);
  return transaction(deps.db, async (trx) => {
    await requireAdministrator(trx, actor);
    // So that no other token is given the name at this moment.
    await lockWorkspace(trx, actor.workspaceId);
    const id = deps.newId();
    const { workspaceId, userId: madeBy } = actor;
    const made = await insertToken(trx, { id, workspaceId, name: tidy, secret, speaksAs, madeBy, now: deps.now() });
    if (!made) throw nameTaken(tidy);
    return id;
  });
}
