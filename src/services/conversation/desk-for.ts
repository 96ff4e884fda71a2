/** The desk of a conversation that is being opened (design 5.1): the one chosen, the channel's, the opener's only one, the default. */
import { Refusal } from '../../errors.ts';
import type { Handle, Trx } from '../../store/db.ts';
import { findDesk, listDesksOf, listDesksOfHelpChannel, type Desk } from '../../store/desks.ts';
import { findSupportChannel, insertSupportChannel } from '../../store/support-channels.ts';
import type { Actor, Deps } from '../deps.ts';

/** Where it is opened, and the desk somebody chose for it. */
export type DeskWish = { readonly channelId: string; readonly deskId?: string | undefined };

async function livingDesk(db: Handle, workspaceId: string, deskId: string): Promise<Desk | undefined> {
  const desk = await findDesk(db, workspaceId, deskId);
  return desk?.isArchived === true ? undefined : desk;
}

/**
 * The desk that is meant, undefined where only the default is left.
 *
 * @throws Refusal `gone` on `desk` when the one chosen was archived meanwhile
 */
export async function deskMeant(
  db: Handle,
  { workspaceId, userId }: Actor,
  { channelId, deskId }: DeskWish,
): Promise<Desk | undefined> {
  if (deskId !== undefined && deskId !== '') {
    const chosen = await livingDesk(db, workspaceId, deskId);
    if (chosen) return chosen;
    throw new Refusal('gone', 'That desk was archived while this form was open. Choose another one.', 'desk');
  }
  const channel = await findSupportChannel(db, workspaceId, channelId);
  const bound = channel && (await livingDesk(db, workspaceId, channel.deskId));
  if (bound) return bound;
  const own = await listDesksOf(db, workspaceId, userId);
  return own.length === 1 ? own[0] : undefined;
}

export type NamedDesk = Pick<Desk, 'id' | 'name'>;

/** The desks to choose from, where neither the channel nor the opener says which one it is; empty where nothing is to be asked. */
export async function desksToChoose(
  { db }: Deps,
  { workspaceId, userId }: Actor,
  channelId: string,
): Promise<NamedDesk[]> {
  const channel = await findSupportChannel(db, workspaceId, channelId);
  if (channel && (await livingDesk(db, workspaceId, channel.deskId))) return [];
  const own = await listDesksOf(db, workspaceId, userId);
  return own.length > 1 ? own.map(({ id, name }) => ({ id, name })) : [];
}

/** The channel keeps the answer: from now on it belongs to that desk, and conversations begin by hand. */
export async function keepDesk(
  trx: Trx,
  workspaceId: string,
  { channelId, channelName }: { channelId: string; channelName: string },
  deskId: string,
): Promise<void> {
  // A help channel is for the team; that somebody opened a conversation in it does not make it a customer's.
  if ((await listDesksOfHelpChannel(trx, workspaceId, channelId)).length > 0) return;
  await insertSupportChannel(trx, { workspaceId, channelId, channelName, deskId, mode: 'by_hand' });
}
