/** The name of a desk. */
import { findDesk } from '../../store/desks.ts';
import type { Deps } from '../deps.ts';

export const deskNamed = async ({ db }: Deps, workspaceId: string, deskId: string): Promise<string | undefined> =>
  (await findDesk(db, workspaceId, deskId))?.name;
