/** What could not be delivered or worked on, as administrators see it. */
import { placeOf, type Place } from '../../domain/place.ts';
import type { Notice } from '../../domain/notice.ts';
import { aboutOf, eventTypeOf } from '../../domain/set-aside.ts';
import { listCalls } from '../../store/calls.ts';
import { findCaller } from '../../store/callers.ts';
import { findConversation } from '../../store/conversations.ts';
import type { Handle } from '../../store/db.ts';
import { findRequest } from '../../store/help-requests.ts';
import { findSeat } from '../../store/seats.ts';
import {
  countUndelivered,
  listUndelivered,
  type Undelivered,
  type UndeliveredCount,
  type UndeliveredRef,
} from '../../store/undelivered.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAdministrator } from '../rights.ts';

export type { UndeliveredCount, UndeliveredRef };

export type UndeliveredItem = UndeliveredRef & {
  /** The kind of a notice, the type of an event. */
  readonly kind: string;
  /** Slack's name for why, or what else is known. */
  readonly error: string;
  /** ISO 8601: since when it could not be delivered. */
  readonly since: string;
  /** Whom it is for or about, '' where it is for a place. */
  readonly userId: string;
  /** The conversation it belongs to. */
  readonly place: Place | undefined;
  /** An event's channel, '' where it names none. */
  readonly channelId: string;
};

export type UndeliveredList = {
  readonly items: readonly UndeliveredItem[];
  readonly count: number;
  readonly page: number;
  readonly pages: number;
};

const PAGE = 15;

/** Notices that one person reads, beside those that name them: whom they are for follows from the call or the request. */
async function readerOf(db: Handle, workspaceId: string, notice: Notice): Promise<string> {
  if ('userId' in notice) return notice.userId;
  if (notice.kind === 'asker.told' || notice.kind === 'asker.came') {
    return (await findRequest(db, workspaceId, notice.requestId))?.askedBy ?? '';
  }
  if ('callId' in notice) {
    return (await listCalls(db, notice.requestId)).find(({ id }) => id === notice.callId)?.userId ?? '';
  }
  return 'seatId' in notice ? ((await findSeat(db, workspaceId, notice.seatId))?.userId ?? '') : '';
}

async function itemOf(db: Handle, workspaceId: string, row: Undelivered): Promise<UndeliveredItem> {
  const common = { what: row.what, id: row.id, error: row.error, since: row.since };
  if (row.what === 'event') return { ...common, kind: eventTypeOf(row.body), ...aboutOf(row.body), place: undefined };
  const { notice } = row;
  const conversation =
    'conversationId' in notice ? await findConversation(db, workspaceId, notice.conversationId) : undefined;
  return {
    ...common,
    kind: notice.kind,
    userId: await readerOf(db, workspaceId, notice),
    place: conversation && placeOf(conversation),
    channelId: '',
  };
}

/** One page, what was set aside last first; the last page where there are fewer. @throws Refusal `not_allowed` */
export async function undeliveredList({ db }: Deps, actor: Actor, page = 0): Promise<UndeliveredList> {
  const { workspaceId } = actor;
  await requireAdministrator(db, actor);
  const { notices, events } = await countUndelivered(db, workspaceId);
  const count = notices + events;
  const pages = Math.max(1, Math.ceil(count / PAGE));
  const shown = Math.min(Math.max(page, 0), pages - 1);
  const rows = await listUndelivered(db, workspaceId, { limit: PAGE, offset: shown * PAGE });
  const items = await Promise.all(rows.map((row) => itemOf(db, workspaceId, row)));
  return { items, count, page: shown, pages };
}

/** Undefined where there is nothing. */
export async function someUndelivered({ db }: Deps, workspaceId: string): Promise<UndeliveredCount | undefined> {
  const count = await countUndelivered(db, workspaceId);
  return count.notices + count.events === 0 ? undefined : count;
}

/** What an administrator is told when the message goes out; undefined where all is well by then or they are none any more. */
export async function undeliveredNews(
  deps: Deps,
  { workspaceId, userId }: Actor,
): Promise<UndeliveredCount | undefined> {
  const caller = await findCaller(deps.db, workspaceId, userId);
  return caller?.isAdministrator === true ? someUndelivered(deps, workspaceId) : undefined;
}
