/** Who forwarded a conversation where no person did. */
import { A_WORKFLOW } from '../../domain/step.ts';
import type { Handle } from '../../store/db.ts';
import type { Forward } from '../../store/forwards.ts';
import { findToken } from '../../store/tokens.ts';

/** The bot, by the name of its token, or a workflow; '' for a person, and for Beckon itself. */
export async function askedWith(db: Handle, { workspaceId, cameFrom, tokenId }: Forward): Promise<string> {
  if (cameFrom === 'step') return A_WORKFLOW;
  if (tokenId === '') return '';
  return (await findToken(db, workspaceId, tokenId))?.name ?? '';
}
