/** The expertise somebody means, by the name they typed or the one they pressed a button for. */
import type { Expertise } from '../../domain/expertise.ts';
import type { Handle } from '../../store/db.ts';
import { findExpertise } from '../../store/expertise.ts';
import { findExpertiseByText } from './find.ts';
import { goneExpertise } from './gone.ts';

export type WhichExpertise = { id: string } | { name: string };

/** @throws Refusal `not_found` or `invalid` for a name; `gone` for an id */
export async function expertiseMeant(db: Handle, workspaceId: string, which: WhichExpertise): Promise<Expertise> {
  if ('name' in which) return findExpertiseByText(db, workspaceId, which.name);
  const expertise = await findExpertise(db, workspaceId, which.id);
  if (expertise === undefined) throw await goneExpertise(db, workspaceId, which.id);
  return expertise;
}
