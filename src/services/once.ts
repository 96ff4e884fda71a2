/** A click or command counts once, however often Slack or somebody else sends it again. */
import { firstSeen } from '../store/triggers.ts';
import type { Deps } from './deps.ts';

/** Whether this trigger is seen for the first time; the answer is yes exactly once. */
export const isFirst = ({ db, now }: Deps, trigger: { workspaceId: string; triggerId: string }): Promise<boolean> =>
  firstSeen(db, { ...trigger, now: now() });
