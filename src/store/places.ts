/** Where a conversation is, as rows hold it. */
import type { Place } from '../domain/place.ts';
import { columnsOf } from './columns.ts';
import type { Handle } from './db.ts';

export type PlaceRow = {
  channel_id: string;
  thread_ts: string;
  channel_name: string;
  is_private: number;
  link: string;
  is_root_gone: number;
};

/** What a query over conversations selects to know where each is. */
export const PLACE_COLUMNS = columnsOf<PlaceRow>('conversations', {
  channel_id: true,
  thread_ts: true,
  channel_name: true,
  is_private: true,
  link: true,
  is_root_gone: true,
});

export const placeFromRow = (row: PlaceRow): Place => ({
  channelId: row.channel_id,
  threadTs: row.thread_ts,
  channelName: row.channel_name,
  isPrivate: row.is_private === 1,
  link: row.link,
  ...(row.is_root_gone === 1 && { isRootGone: true }),
});

/** The first message of its thread is gone; whether that is news. */
export async function setRootGone(db: Handle, workspaceId: string, id: string): Promise<boolean> {
  const changed = await db('conversations')
    .where({ workspace_id: workspaceId, id, is_root_gone: 0 })
    .update({ is_root_gone: 1 });
  return changed === 1;
}
