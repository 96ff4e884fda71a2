/** An administrator changes a desk; what others change meanwhile stays. */
import { changedSet, isEmptySet, settle, type Change, type SetChange } from '../../domain/change.ts';
import {
  AGENTS_SHOWN_MAX,
  checkAnswerMinutes,
  checkCapacity,
  checkDays,
  checkDeskName,
  checkSentence,
  type SelectionOrder,
} from '../../domain/desk.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { listDeskAgents, takeOffDesks } from '../../store/desk-agents.ts';
import { findDesk, lockDesk, type Desk } from '../../store/desks.ts';
import { updateDesk } from '../../store/desk-state.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import { requireFit } from '../agent/fit.ts';
import type { Actor, Deps } from '../deps.ts';
import { moveCards } from '../help/move-cards.ts';
import { turnsFail } from '../forward/end.ts';
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
  /** A person, '' for nobody. */
  fallbackId?: Change<string> | undefined;
  reopenDays?: Change<number> | undefined;
  quietDays?: Change<number> | undefined;
  selectionOrder?: Change<SelectionOrder> | undefined;
  capacity?: Change<number> | undefined;
  noHuddles?: Change<boolean> | undefined;
  forwardsNew?: Change<boolean> | undefined;
  /** '' for none. */
  sentence?: Change<string> | undefined;
  agents: SetChange;
  /** The agents the form showed, where it showed them all. */
  shown?: readonly string[] | undefined;
};

const FIELDS = [
  'name',
  'helpChannelId',
  'answerMinutes',
  'fallbackId',
  'reopenDays',
  'quietDays',
  'selectionOrder',
  'capacity',
  'noHuddles',
  'forwardsNew',
  'sentence',
] as const;
export type DeskField = (typeof FIELDS)[number];

export type EditedDesk = {
  desk: Desk;
  /** What this person and somebody else changed at once: theirs stayed. */
  stayed: readonly DeskField[];
  /** Others changed something since the form was opened. */
  changedMeanwhile: boolean;
};

function checked<T>(change: Change<T> | undefined, check: (to: T) => T): Change<T> | undefined {
  return change && { from: change.from, to: check(change.to) };
}

const check = (change: DeskChange): DeskChange => ({
  ...change,
  name: checked(change.name, checkDeskName),
  answerMinutes: checked(change.answerMinutes, checkAnswerMinutes),
  reopenDays: checked(change.reopenDays, (days) => checkDays(days, 'reopen_days')),
  quietDays: checked(change.quietDays, (days) => checkDays(days, 'quiet_days')),
  capacity: checked(change.capacity, checkCapacity),
  sentence: checked(change.sentence, checkSentence),
});

async function saveFields(trx: Trx, workspaceId: string, was: Desk, change: DeskChange): Promise<DeskField[]> {
  const untouched = was.version === change.version;
  const settled = {
    name: settle(change.name, was.name, untouched),
    helpChannelId: settle(change.helpChannelId, was.helpChannelId, untouched),
    answerMinutes: settle(change.answerMinutes, was.answerMinutes, untouched),
    fallbackId: settle(change.fallbackId, was.fallbackId, untouched),
    reopenDays: settle(change.reopenDays, was.reopenDays, untouched),
    quietDays: settle(change.quietDays, was.quietDays, untouched),
    selectionOrder: settle(change.selectionOrder, was.selectionOrder, untouched),
    capacity: settle(change.capacity, was.capacity, untouched),
    noHuddles: settle(change.noHuddles, was.noHuddles, untouched),
    forwardsNew: settle(change.forwardsNew, was.forwardsNew, untouched),
    sentence: settle(change.sentence, was.sentence, untouched),
  };
  const { name } = settled;
  if (name.write !== undefined) await requireFreeName(trx, workspaceId, name.write, was.id);
  const write: Record<string, string | number | boolean> = {};
  for (const field of FIELDS) {
    const value = settled[field].write;
    if (value !== undefined) write[field] = value;
  }
  if (Object.keys(write).length > 0) await updateDesk(trx, workspaceId, was.id, write);
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
 * `answer_minutes`, `fallback`, `reopen_days`, `quiet_days`, `capacity`, `sentence` or on the field that adds agents (`agents`, or `add` where the form does not show them all)
 */
export async function editDesk(deps: Deps, actor: Actor, form: DeskChange): Promise<EditedDesk> {
  const { workspaceId } = actor;
  await requireAdministrator(deps.db, actor);
  const change = check(form);
  const channelId = change.helpChannelId?.to ?? '';
  if (channelId !== '') await requireHelpChannel(deps, workspaceId, channelId);
  const fallbacks = [change.fallbackId?.to ?? ''].filter((id) => id !== '');
  await meet(deps, workspaceId, [...change.agents.add, ...fallbacks]);
  return transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    await requireAdministrator(trx, actor);
    const was = await lockDesk(trx, workspaceId, change.deskId);
    if (was?.isArchived !== false) throw goneDesk();
    await requireFit(trx, workspaceId, fallbacks, 'fallback', 'called for help');
    await requireFit(trx, workspaceId, change.agents.add, change.shown === undefined ? 'add' : 'agents');
    const stayed = await saveFields(trx, workspaceId, was, change);
    const changedMeanwhile = was.version !== change.version || (await othersChangedAgents(trx, workspaceId, change));
    await moveCards(trx, deps, workspaceId, { deskId: was.id });
    await putOn(trx, deps, actor, was.id, change.agents.add);
    await takeOffDesks(trx, workspaceId, [was.id], change.agents.remove);
    await turnsFail(trx, deps, workspaceId, { deskIds: [was.id], userIds: change.agents.remove });
    await refreshHomes(trx, deps, workspaceId);
    return { desk: (await findDesk(trx, workspaceId, was.id)) ?? was, stayed, changedMeanwhile };
  });
}
