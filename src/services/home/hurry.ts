/** Who has done something sees at once on their own Home what it changed; for everybody else changes are gathered. */
import { hurryHome } from '../../store/home-views.ts';
import type { Actor, Deps } from '../deps.ts';

/** The person's Home, if a change is on its way to it. */
export const hurryOwnHome = ({ db, now }: Deps, { workspaceId, userId }: Actor): Promise<void> =>
  hurryHome(db, workspaceId, userId, now());
