/** An administrator changes to which desk a channel belongs or how conversations begin there, or takes it out of the list. */
import { settle, type Change } from '../../domain/change.ts';
import type { Mode } from '../../domain/support-channel.ts';
import { transaction } from '../../store/db.ts';
import {
  deleteSupportChannel,
  findSupportChannel,
  updateSupportChannel,
  type SupportChannel,
} from '../../store/support-channels.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireAdministrator } from '../rights.ts';
import { requireDesk } from './add.ts';
import { goneChannel } from './list.ts';

export type ChannelChange = {
  channelId: string;
  /** The row's version the form was made from. */
  version: number;
  deskId?: Change<string> | undefined;
  mode?: Change<Mode> | undefined;
};

const FIELDS = ['deskId', 'mode'] as const;
export type ChannelField = (typeof FIELDS)[number];

export type EditedChannel = {
  channelId: string;
  /** What this person and somebody else changed at once: theirs stayed. */
  stayed: readonly ChannelField[];
  changedMeanwhile: boolean;
};

function settled(change: ChannelChange, was: SupportChannel) {
  const untouched = was.version === change.version;
  return {
    deskId: settle(change.deskId, was.deskId, untouched),
    mode: settle(change.mode, was.mode, untouched),
  };
}

/**
 * Changes a support channel; what others changed meanwhile stays. Conversations that are open keep their desk.
 *
 * @throws Refusal `not_allowed`; `gone`, on `desk` where the desk chosen is
 */
export async function editSupportChannel(deps: Deps, actor: Actor, change: ChannelChange): Promise<EditedChannel> {
  const { workspaceId } = actor;
  const { channelId } = change;
  return transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    await requireAdministrator(trx, actor);
    const was = await findSupportChannel(trx, workspaceId, channelId);
    if (was === undefined) throw goneChannel();
    const fields = settled(change, was);
    const { deskId, mode } = { deskId: fields.deskId.write, mode: fields.mode.write };
    if (deskId !== undefined) await requireDesk(trx, workspaceId, deskId);
    if (deskId !== undefined || mode !== undefined) {
      const write = { ...(deskId !== undefined && { deskId }), ...(mode !== undefined && { mode }) };
      await updateSupportChannel(trx, workspaceId, channelId, { ...write, version: was.version });
      await refreshHomes(trx, deps, workspaceId);
    }
    const stayed = FIELDS.filter((field) => fields[field].stayed);
    return { channelId, stayed, changedMeanwhile: was.version !== change.version };
  });
}

/**
 * From now on conversations begin there by hand only and no desk is set; those that are open stay.
 *
 * @throws Refusal `not_allowed`; `gone` where somebody else did it first
 */
export async function removeSupportChannel(deps: Deps, actor: Actor, channelId: string): Promise<void> {
  const { workspaceId } = actor;
  await transaction(deps.db, async (trx) => {
    await requireAdministrator(trx, actor);
    if (!(await deleteSupportChannel(trx, workspaceId, channelId))) throw goneChannel();
    await refreshHomes(trx, deps, workspaceId);
  });
}
