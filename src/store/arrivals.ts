/** What there is to end and to tell when somebody comes into a conversation, read at once. */
import type { Handle } from './db.ts';
import type { Forward } from './forwards.ts';
import type { HelpRequest } from './help-requests.ts';
import type { Seat } from './seats.ts';
import { hasWebhook, WEBHOOK_COLUMNS, webhookOfRow, type WebhookOf, type WebhookOfRow } from './webhooks.ts';

export type Arrival = {
  /** Where it is told; undefined for a conversation of no bot, or of one that has nowhere to be told. */
  readonly webhook: WebhookOf | undefined;
  /** The request for help that is open or being answered. */
  readonly request: Pick<HelpRequest, 'id' | 'askedBy' | 'askedAt'> | undefined;
  /** When somebody wrote in it last, ISO 8601 UTC. */
  readonly activeAt: string;
  /** Minutes whoever it is forwarded to has until it goes to the next, as its desk says; 0: it stays theirs. */
  readonly answerMinutes: number;
  /** The forward they were chosen in, where that was asked for; `isFirst`: nobody of it has been in before. */
  readonly forward: (Pick<Forward, 'id' | 'cameFrom' | 'message'> & { readonly isFirst: boolean }) | undefined;
};

/** The columns of a row that is joined only where there is one. */
type Absent<R> = { [Column in keyof R]: null };
type Joined<R> = R | Absent<R>;

type RequestRow = { request_id: string; asked_by: string; asked_at: string };
type ForwardRow = { forward_id: string; came_from: Forward['cameFrom']; message: string };
type Row = { active_at: string; answer_minutes: number; has_others: number } & Joined<WebhookOfRow> &
  Joined<RequestRow> &
  Joined<ForwardRow>;

/** Whom Slack would not let in has not been there. */
const HAS_OTHERS = `case when exists (
  select 1 from turns as others
  where others.forward_id = forwards.id and others.seat_id <> ? and others.state <> 'failed'
) then 1 else 0 end as has_others`;

const NO_FORWARD = { forwardId: '', seatId: '' };

const requestOf = (row: Joined<RequestRow>): Arrival['request'] =>
  row.request_id === null ? undefined : { id: row.request_id, askedBy: row.asked_by, askedAt: row.asked_at };

const forwardOf = (row: Joined<ForwardRow> & { has_others: number }): Arrival['forward'] =>
  row.forward_id === null
    ? undefined
    : { id: row.forward_id, cameFrom: row.came_from, message: row.message, isFirst: row.has_others === 0 };

/**
 * @param from the forward they were chosen in, and their seat
 * @throws Error for a conversation that is not there, as that of a seat always is
 */
export async function findArrival(
  db: Handle,
  { workspaceId, conversationId }: Pick<Seat, 'workspaceId' | 'conversationId'>,
  { forwardId, seatId }: { forwardId: string; seatId: string } = NO_FORWARD,
): Promise<Arrival> {
  const [row] = await db('conversations')
    .join('desks', 'desks.id', 'conversations.desk_id')
    .leftJoin('tokens', hasWebhook)
    .leftJoin('help_requests', (join) => {
      join.on('help_requests.conversation_id', 'conversations.id').andOnNull('help_requests.ended_at');
    })
    .leftJoin('forwards', (join) => {
      join.on('forwards.conversation_id', 'conversations.id').andOnVal('forwards.id', forwardId);
    })
    .where({ 'conversations.workspace_id': workspaceId, 'conversations.id': conversationId })
    .select<Row[]>([
      ...WEBHOOK_COLUMNS,
      'help_requests.id as request_id',
      'help_requests.asked_by',
      'help_requests.asked_at',
      'conversations.active_at',
      'desks.answer_minutes',
      'forwards.id as forward_id',
      'forwards.came_from',
      'forwards.message',
      db.raw(HAS_OTHERS, [seatId]),
    ]);
  if (row === undefined) throw new Error('The conversation of a seat is not there.');
  return {
    webhook: row.token_id === null ? undefined : webhookOfRow(row),
    request: requestOf(row),
    activeAt: row.active_at,
    answerMinutes: row.answer_minutes,
    forward: forwardOf(row),
  };
}
