/** An expertise that is not there any more. */
import { quoted } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import type { Handle } from '../../store/db.ts';
import { findExpertise } from '../../store/expertise.ts';

/** Says whether it was deleted, or what it was merged into. */
export async function goneExpertise(db: Handle, workspaceId: string, id: string): Promise<Refusal> {
  const now = await findExpertise(db, workspaceId, id);
  return new Refusal(
    'gone',
    now === undefined
      ? 'This expertise was deleted meanwhile, so nothing was changed.'
      : `This expertise was merged into ${quoted(now.name)} meanwhile, so nothing was changed. Open that one.`,
  );
}
