/** All desks, and what the form of one shows. */
import { AGENTS_SHOWN_MAX, ANSWER_MINUTES } from '../../domain/desk.ts';
import { Refusal } from '../../errors.ts';
import { countDeskAgents, listDeskAgents } from '../../store/desk-agents.ts';
import { findDesk, listDesks, listDesksOf, type Desk } from '../../store/desks.ts';
import type { Handle } from '../../store/db.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAdministrator } from '../rights.ts';
import { defaultDesk } from './default.ts';

export type ListedDesk = Pick<Desk, 'id' | 'name' | 'isDefault' | 'helpChannelId' | 'answerMinutes'> & {
  readonly agents: number;
};

/** The default desk first, then by name. @throws Refusal `not_allowed` */
export async function deskList(deps: Deps, actor: Actor): Promise<ListedDesk[]> {
  await requireAdministrator(deps.db, actor);
  await defaultDesk(deps, actor.workspaceId);
  const desks = await listDesks(deps.db, actor.workspaceId);
  const agents = await countDeskAgents(deps.db, actor.workspaceId);
  return desks.map(({ id, name, isDefault, helpChannelId, answerMinutes }) => ({
    id,
    name,
    isDefault,
    helpChannelId,
    answerMinutes,
    agents: agents.get(id) ?? 0,
  }));
}

export type DeskForm = {
  /** undefined: a new one. */
  readonly desk: Desk | undefined;
  readonly answerMinutes: number;
  /** Who is on it, where there are at most 50. */
  readonly agents: readonly string[] | undefined;
  readonly agentCount: number;
};

/** Desks are archived, never deleted. */
export const goneDesk = (): Refusal =>
  new Refusal(
    'gone',
    'This desk was archived by somebody else, so nothing was changed. To use it again restore it: `/livechat desks`, *Archived desks*.',
  );

/** @throws Refusal `not_allowed`; `gone` */
export async function deskForm({ db }: Deps, actor: Actor, deskId: string | undefined): Promise<DeskForm> {
  await requireAdministrator(db, actor);
  if (deskId === undefined) {
    return { desk: undefined, answerMinutes: ANSWER_MINUTES.initial, agents: [], agentCount: 0 };
  }
  const desk = await findDesk(db, actor.workspaceId, deskId);
  if (desk?.isArchived !== false) throw goneDesk();
  const agents = await listDeskAgents(db, actor.workspaceId, deskId, AGENTS_SHOWN_MAX + 1);
  const shown = agents.length <= AGENTS_SHOWN_MAX ? agents.map(({ userId }) => userId) : undefined;
  const agentCount = shown?.length ?? (await countDeskAgents(db, actor.workspaceId)).get(deskId) ?? 0;
  return { desk, answerMinutes: desk.answerMinutes, agents: shown, agentCount };
}

/** The desk a person's conversation belongs to when nobody says otherwise: their only desk; undefined where they have none or several. */
export async function deskOf(db: Handle, workspaceId: string, userId: string): Promise<Desk | undefined> {
  const desks = await listDesksOf(db, workspaceId, userId);
  return desks.length === 1 ? desks[0] : undefined;
}
