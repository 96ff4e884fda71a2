/** An administrator puts a desk away, or makes another one the default. */
import { quoted } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import { transaction, type Handle, type Trx } from '../../store/db.ts';
import { countOpenOfDesk, moveOpenConversations } from '../../store/desk-conversations.ts';
import { archiveDeskRow, setDefaultDesk } from '../../store/desk-state.ts';
import { countDeskAgents } from '../../store/desk-agents.ts';
import { findDesk, listDesks, lockDesk, type Desk } from '../../store/desks.ts';
import { countSupportChannels, moveSupportChannels } from '../../store/support-channels.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { NamedDesk } from '../conversation/desk-for.ts';
import type { Actor, Deps } from '../deps.ts';
import { moveCards } from '../help/move-cards.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireAdministrator } from '../rights.ts';
import { goneDesk } from './list.ts';

export type Archiving = {
  readonly desk: NamedDesk;
  /** What another desk must take over. */
  readonly conversations: number;
  readonly channels: number;
  /** Who is taken off it. */
  readonly agents: number;
  /** Who can take over: the default first. */
  readonly others: readonly NamedDesk[];
};

const isTheDefault = (): Refusal =>
  new Refusal(
    'invalid',
    'This is the default desk, where conversations come that belong to no other. Make another desk the default first.',
  );

async function livingDesk(db: Handle, workspaceId: string, deskId: string): Promise<Desk> {
  const desk = await findDesk(db, workspaceId, deskId);
  if (desk?.isArchived === false) return desk;
  throw goneDesk();
}

/** What archiving a desk takes. @throws Refusal `not_allowed`; `gone`; `invalid` for the default desk */
export async function archiving({ db }: Deps, actor: Actor, deskId: string): Promise<Archiving> {
  const { workspaceId } = actor;
  await requireAdministrator(db, actor);
  const { id, name, isDefault } = await livingDesk(db, workspaceId, deskId);
  if (isDefault) throw isTheDefault();
  return {
    desk: { id, name },
    conversations: await countOpenOfDesk(db, workspaceId, id),
    channels: await countSupportChannels(db, workspaceId, id),
    agents: (await countDeskAgents(db, workspaceId)).get(id) ?? 0,
    others: (await listDesks(db, workspaceId)).filter((desk) => desk.id !== id),
  };
}

async function takeOver(
  trx: Trx,
  deps: Deps,
  workspaceId: string,
  from: string,
  to: string | undefined,
): Promise<void> {
  const open = await countOpenOfDesk(trx, workspaceId, from);
  const channels = await countSupportChannels(trx, workspaceId, from);
  if (open + channels === 0) return;
  const desk = to === undefined || to === from ? undefined : await findDesk(trx, workspaceId, to);
  if (desk?.isArchived !== false) {
    throw new Refusal(
      'conflict',
      'Its conversations and channels need another desk. Choose which one takes them over.',
      'desk',
    );
  }
  await moveOpenConversations(trx, workspaceId, from, desk.id);
  await moveSupportChannels(trx, workspaceId, from, desk.id);
  await moveCards(trx, deps, workspaceId, { deskId: desk.id });
}

/**
 * Archives a desk: nobody is on it any more, its name is free, what was closed stays its own. Open conversations and support channels go
 * to `takenOverBy`.
 *
 * @throws Refusal `not_allowed`; `gone`; `invalid` for the default desk; `conflict` on `desk` when something is open and nobody takes it over
 */
export async function archiveDesk(
  deps: Deps,
  actor: Actor,
  { deskId, takenOverBy }: { deskId: string; takenOverBy?: string | undefined },
): Promise<void> {
  const { workspaceId } = actor;
  await transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    await requireAdministrator(trx, actor);
    const desk = await lockDesk(trx, workspaceId, deskId);
    if (desk?.isArchived !== false) throw goneDesk();
    if (desk.isDefault) throw isTheDefault();
    await takeOver(trx, deps, workspaceId, deskId, takenOverBy);
    await archiveDeskRow(trx, workspaceId, deskId);
    await refreshHomes(trx, deps, workspaceId);
  });
}

/** @throws Refusal `not_allowed`; `gone`; `already` */
export async function makeDefaultDesk(deps: Deps, actor: Actor, deskId: string): Promise<void> {
  const { workspaceId } = actor;
  await transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    await requireAdministrator(trx, actor);
    const desk = await livingDesk(trx, workspaceId, deskId);
    if (desk.isDefault) throw new Refusal('already', `${quoted(desk.name)} is the default desk already.`);
    await setDefaultDesk(trx, workspaceId, deskId);
    await refreshHomes(trx, deps, workspaceId);
  });
}
