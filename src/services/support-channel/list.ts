/** Support channels, and what the form of one shows. */
import { Refusal } from '../../errors.ts';
import { listDesks } from '../../store/desks.ts';
import {
  countSupportChannels,
  findSupportChannel,
  listSupportChannels,
  type SupportChannel,
} from '../../store/support-channels.ts';
import type { NamedDesk } from '../conversation/desk-for.ts';
import type { Actor, Deps } from '../deps.ts';
import { defaultDesk } from '../desk/default.ts';
import { requireAdministrator } from '../rights.ts';

export const CHANNELS_A_PAGE = 40;

export type ListedChannel = Pick<SupportChannel, 'channelId' | 'channelName' | 'mode'> & { readonly deskName: string };

export type ChannelList = {
  readonly channels: readonly ListedChannel[];
  readonly page: number;
  /** How many come after this page. */
  readonly more: number;
};

/** By name, forty a page; a page that is no longer there is the last one. @throws Refusal `not_allowed` */
export async function supportChannels({ db }: Deps, actor: Actor, page = 0): Promise<ChannelList> {
  const { workspaceId } = actor;
  await requireAdministrator(db, actor);
  const all = await countSupportChannels(db, workspaceId);
  const shown = Math.max(0, Math.min(page, Math.ceil(all / CHANNELS_A_PAGE) - 1));
  const offset = shown * CHANNELS_A_PAGE;
  const channels = await listSupportChannels(db, workspaceId, { limit: CHANNELS_A_PAGE, offset });
  const desks = new Map((await listDesks(db, workspaceId)).map(({ id, name }) => [id, name]));
  return {
    channels: channels.map(({ channelId, channelName, mode, deskId }) => ({
      channelId,
      channelName,
      mode,
      deskName: desks.get(deskId) ?? '',
    })),
    page: shown,
    more: Math.max(0, all - offset - channels.length),
  };
}

export type ChannelForm = {
  /** undefined: a new one. */
  readonly channel: SupportChannel | undefined;
  readonly desks: readonly NamedDesk[];
};

export const goneChannel = (): Refusal =>
  new Refusal('gone', 'This is no support channel any more, so there is nothing to save.');

/** @throws Refusal `not_allowed`; `gone` */
export async function channelForm(deps: Deps, actor: Actor, channelId: string | undefined): Promise<ChannelForm> {
  const { workspaceId } = actor;
  await requireAdministrator(deps.db, actor);
  await defaultDesk(deps, workspaceId);
  const desks = (await listDesks(deps.db, workspaceId)).map(({ id, name }) => ({ id, name }));
  if (channelId === undefined) return { channel: undefined, desks };
  const channel = await findSupportChannel(deps.db, workspaceId, channelId);
  if (channel === undefined) throw goneChannel();
  return { channel, desks };
}
