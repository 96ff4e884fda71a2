/** What is still to be done before a workspace can work with Beckon, for administrators. */
import type { Handle } from '../../store/db.ts';
import { readSetup, type Setup } from '../../store/setup.ts';

export type { Setup };

/** Undefined once every step is done. */
export async function openSetup(db: Handle, workspaceId: string): Promise<Setup | undefined> {
  const setup = await readSetup(db, workspaceId);
  return Object.values(setup).every(Boolean) ? undefined : setup;
}
