/** Who forwarded a conversation where no person did. */
import { A_WORKFLOW } from '../../domain/step.ts';
import type { Handle } from '../../store/db.ts';
import type { Forward } from '../../store/forwards.ts';
import { findToken } from '../../store/tokens.ts';

/** The bot, by the name of its token, or a workflow; '' for a person, and for Beckon itself. */
export const askedWithNamed = (cameFrom: Forward['cameFrom'], tokenName: string): string =>
  cameFrom === 'step' ? A_WORKFLOW : tokenName;

/** The same where the token's name was not read yet. */
export async function askedWith(db: Handle, { workspaceId, cameFrom, tokenId }: Forward): Promise<string> {
  const token = cameFrom === 'step' || tokenId === '' ? undefined : await findToken(db, workspaceId, tokenId);
  return askedWithNamed(cameFrom, token?.name ?? '');
}
