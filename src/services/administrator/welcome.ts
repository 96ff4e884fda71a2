/** Whether somebody who was made an administrator is one when they are told. */
import { findCaller } from '../../store/callers.ts';
import type { Deps } from '../deps.ts';

export const isStillAdministrator = async ({ db }: Deps, workspaceId: string, userId: string): Promise<boolean> =>
  (await findCaller(db, workspaceId, userId))?.isAdministrator ?? false;
