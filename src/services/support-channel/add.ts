/** An administrator makes a channel a support channel. */
import type { Mode } from '../../domain/support-channel.ts';
import { harmless, quoted } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { findDesk, listDesksOfHelpChannel, type Desk } from '../../store/desks.ts';
import { findSupportChannel, insertSupportChannel } from '../../store/support-channels.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Actor, ChannelFacts, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireAdministrator } from '../rights.ts';

const refused = (message: string, code: 'invalid' | 'duplicate' | 'unavailable' = 'invalid'): Refusal =>
  new Refusal(code, message, 'channel');

/** Reads the channel from Slack; to be called outside a transaction. */
async function examined(deps: Deps, workspaceId: string, channelId: string): Promise<ChannelFacts> {
  const channel = await deps.slack.channel(workspaceId, channelId);
  if (channel === 'unknown') {
    throw refused(
      'Slack did not answer just now, so Beckon could not check this channel. Please save again.',
      'unavailable',
    );
  }
  if (channel === 'missing') {
    throw refused('Beckon cannot see this channel. If it is private, type /invite @Beckon there, then save again.');
  }
  const name = `#${harmless(channel.name)}`;
  if (channel.kind !== 'channel')
    throw refused('A direct or group message cannot be a support channel. Choose a channel.');
  if (channel.isArchived) throw refused(`${name} is archived. Choose a channel that is in use.`);
  if (!channel.isMember) throw refused(`Beckon is not in ${name}. Type /invite @Beckon there, then save again.`);
  return channel;
}

/** @throws Refusal `gone` on `desk` */
export async function requireDesk(trx: Trx, workspaceId: string, deskId: string): Promise<Desk> {
  const desk = await findDesk(trx, workspaceId, deskId);
  if (desk?.isArchived === false) return desk;
  throw new Refusal('gone', 'That desk was archived while this form was open. Choose another one.', 'desk');
}

async function requireFree(trx: Trx, workspaceId: string, { id, name }: ChannelFacts): Promise<void> {
  const [help] = await listDesksOfHelpChannel(trx, workspaceId, id);
  if (help) {
    throw refused(
      `#${harmless(name)} is the help channel of ${quoted(help.name)}: customers must not read it. Choose another channel.`,
    );
  }
  const taken = await findSupportChannel(trx, workspaceId, id);
  if (taken === undefined) return;
  const desk = await findDesk(trx, workspaceId, taken.deskId);
  throw refused(
    `#${harmless(name)} is a support channel of ${quoted(desk?.name ?? '')} already. Edit it in the list.`,
    'duplicate',
  );
}

export type NewChannel = { channelId: string; deskId: string; mode: Mode };

/**
 * @throws Refusal `not_allowed`; on `channel`: `invalid` with what to do, `duplicate`, `unavailable` where Slack did not say; `gone` on
 * `desk`
 */
export async function addSupportChannel(
  deps: Deps,
  actor: Actor,
  { channelId, deskId, mode }: NewChannel,
): Promise<void> {
  const { workspaceId } = actor;
  await requireAdministrator(deps.db, actor);
  const channel = await examined(deps, workspaceId, channelId);
  await transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    await requireAdministrator(trx, actor);
    await requireDesk(trx, workspaceId, deskId);
    await requireFree(trx, workspaceId, channel);
    await insertSupportChannel(trx, { workspaceId, channelId, channelName: channel.name, deskId, mode });
    await refreshHomes(trx, deps, workspaceId);
  });
}
