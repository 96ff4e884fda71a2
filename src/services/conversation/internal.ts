/** Where internal words may stand. */
import { listOpenConversationsIn } from '../../store/conversations.ts';
import { listDesksOfHelpChannel } from '../../store/desks.ts';
import { isLivePerson } from '../../store/people.ts';
import type { Deps } from '../deps.ts';

/** Whether a channel may hold internal words now: it is a desk's help channel, and nobody is being helped in it. */
export async function mayHoldInternal({ db }: Deps, workspaceId: string, channelId: string): Promise<boolean> {
  const desks = await listDesksOfHelpChannel(db, workspaceId, channelId);
  if (desks.length === 0) return false;
  return (await listOpenConversationsIn(db, workspaceId, channelId)).length === 0;
}

/** Whether somebody may read internal words now: a full member, whatever they were when the words were announced. */
export const mayReadInternal = ({ db }: Deps, workspaceId: string, userId: string): Promise<boolean> =>
  isLivePerson(db, workspaceId, userId);
