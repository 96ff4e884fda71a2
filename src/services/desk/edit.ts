/** An administrator changes a desk; what others change meanwhile stays. */
import { changedSet, isEmptySet, settle, type Change, type SetChange } from '../../domain/change.ts';
import { AGENTS_SHOWN_MAX, checkAnswerMinutes, checkDeskName } from '../../domain/desk.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { findDesk, listDeskAgents, lockDesk, takeOffDesks, updateDesk, type Desk } from '../../store/desks.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import { requireFit } from '../agent/fit.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { meet } from '../person/meet.ts';
import { requireAdministrator } from '../rights.ts';
import { requireHelpChannel } from './help-channel.ts';
import { goneDesk } from './list.ts';
import { putOn, requireFreeName } from './new.ts';

export type DeskChange = {
  deskId: string;
  /** The row's version the form was made from. */
  version: number;
  name?: Change<string> | undefined;
  /** '' for none. */
  helpChannelId?: Change<string> | undefined;
  answerMinutes?: Change<number> | undefined;
  agents: SetChange;
  /** The agents the form showed, where it showed them all. */
  shown?: readonly string[] | undefined;
};

const FIELDS = ['name', 'helpChannelId', 'answerMinutes'] as const;
export type DeskField = (typeof FIELDS)[number];

export type EditedDesk = {
  desk: Desk;
  /** What this person and somebody else changed at once: theirs stayed. */
  stayed: readonly DeskField[];
  /** Others changed something since the form was opened. */
  changedMeanwhile: boolean;
};

function check(change: DeskChange): DeskChange {
  const { name, answerMinutes } = change;
  return {
    ...change,
    name: name && { from: name.from, to: checkDeskName(name.to) },
    answerMinutes: answerMinutes && { from: answerMinutes.from, to: checkAnswerMinutes(answerMinutes.to) },
  };
}

async function saveFields(trx: Trx, workspaceId: string, was: Desk, change: DeskChange): Promise<DeskField[]> {
  const untouched = was.version === change.version;
  const name = settle(change.name, was.name, untouched);
  const helpChannelId = settle(change.helpChannelId, was.helpChannelId, untouched);
  const answerMinutes = settle(change.answerMinutes, was.answerMinutes, untouched);
  if (name.write !== undefined) await requireFreeName(trx, workspaceId, name.write, was.id);
  const write = {
    ...(name.write !== undefined && { name: name.write }),
    ...(helpChannelId.write !== undefined && { helpChannelId: helpChannelId.write }),
    ...(answerMinutes.write !== undefined && { answerMinutes: answerMinutes.write }),
  };
  if (Object.keys(write).length > 0) await updateDesk(trx, workspaceId, was.id, write);
  const settled = { name, helpChannelId, answerMinutes };
  return FIELDS.filter((field) => settled[field].stayed);
}

async function othersChangedAgents(trx: Trx, workspaceId: string, change: DeskChange): Promise<boolean> {
  if (change.shown === undefined) return false;
  const agents = await listDeskAgents(trx, workspaceId, change.deskId, AGENTS_SHOWN_MAX + 1);
  const ids = agents.map(({ userId }) => userId);
  return !isEmptySet(changedSet(change.shown, ids));
}

/**
 * @throws Refusal `not_allowed`; `gone`; `invalid` or `duplicate` on `name`; on `help_channel` as `requireHelpChannel` says; `invalid` on
 * `answer_minutes` or on the field that adds agents (`agents`, or `add` where the form does not show them all)
 */
export async function editDesk(deps: Deps, actor: Actor, form: DeskChange): Promise<EditedDesk> {
  const { workspaceId } = actor;
  await requireAdministrator(deps.db, actor);
  const change = check(form);
  const channelId = change.helpChannelId?.to ?? '';
  if (channelId !== '') await requireHelpChannel(deps, workspaceId, channelId);
  await meet(deps, workspaceId, change.agents.add);
  return transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    await requireAdministrator(trx, actor);
    const was = await lockDesk(trx, workspaceId, change.deskId);
    if (was === undefined) throw goneDesk();
    await requireFit(trx, workspaceId, change.agents.add, change.shown === undefined ? 'add' : 'agents');
    const stayed = await saveFields(trx, workspaceId, was, change);
    const changedMeanwhile = was.version !== change.version || (await othersChangedAgents(trx, workspaceId, change));
    await putOn(trx, deps, actor, was.id, change.agents.add);
    await takeOffDesks(trx, workspaceId, [was.id], change.agents.remove);
    await refreshHomes(trx, deps, workspaceId);
    return { desk: (await findDesk(trx, workspaceId, was.id)) ?? was, stayed, changedMeanwhile };
  });
}
