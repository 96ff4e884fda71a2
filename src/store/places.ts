/** Where a conversation is, as rows hold it. */
import type { Place } from '../domain/place.ts';

export type PlaceRow = {
  channel_id: string;
  thread_ts: string;
  channel_name: string;
  is_private: number;
  link: string;
};

/** What a query over conversations selects to know where each is. */
export const PLACE_COLUMNS = ['channel_id', 'thread_ts', 'channel_name', 'is_private', 'link'].map(
  (column) => `conversations.${column}`,
);

export const placeFromRow = (row: PlaceRow): Place => ({
  channelId: row.channel_id,
  threadTs: row.thread_ts,
  channelName: row.channel_name,
  isPrivate: row.is_private === 1,
  link: row.link,
});
