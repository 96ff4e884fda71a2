/** An administrator gives a token another name or bot user. Its secret stays as it is. */
import type { Change } from '../../domain/change.ts';
import { checkTokenName } from '../../domain/token.ts';
import { Refusal } from '../../errors.ts';
import { transaction } from '../../store/db.ts';
import { nameIsTaken, updateToken } from '../../store/tokens.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAdministrator } from '../rights.ts';
import { nameTaken } from './make.ts';
import { requireBotUser } from './speaks-as.ts';

export type TokenChange = {
  tokenId: string;
  name: Change<string> | undefined;
  speaksAs: Change<string> | undefined;
};

/**
 * Saves what was changed; conversations already open keep the customers they have.
 *
 * @throws Refusal `not_allowed`; `invalid` on `name` or `speaks_as`; `duplicate` on `name`; `gone`; `unavailable`
 */
export async function editToken(deps: Deps, actor: Actor, change: TokenChange): Promise<void> {
  await requireAdministrator(deps.db, actor);
  const { workspaceId } = actor;
  const name = change.name && checkTokenName(change.name.to);
  await requireBotUser(deps, actor, change.speaksAs?.to ?? '');
  await transaction(deps.db, async (trx) => {
    await requireAdministrator(trx, actor);
    // So that no other token takes the name at this moment.
    await lockWorkspace(trx, workspaceId);
    if (name !== undefined && (await nameIsTaken(trx, workspaceId, name, { except: change.tokenId }))) {
      throw nameTaken(name);
    }
    const saved = await updateToken(trx, workspaceId, change.tokenId, { name, speaksAs: change.speaksAs?.to });
    if (!saved) throw new Refusal('gone', 'Somebody revoked this token a moment ago.');
  });
}
