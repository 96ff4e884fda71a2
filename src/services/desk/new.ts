/** An administrator adds a desk. */
import {
  CAPACITY,
  checkAnswerMinutes,
  checkCapacity,
  checkDays,
  checkDeskName,
  checkSentence,
  DESK_DAYS,
  SENTENCE,
} from '../../domain/desk.ts';
import { nameKey } from '../../domain/name.ts';
import { quoted } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import { insertAgents } from '../../store/agents.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { putOnDesks } from '../../store/desk-agents.ts';
import { findDesk, findDeskByKey, insertDesk, type Desk, type DeskRules } from '../../store/desks.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import { welcome } from '../agent/enlist.ts';
import { requireFit } from '../agent/fit.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { meet } from '../person/meet.ts';
import { requireAdministrator } from '../rights.ts';
import { ensureDefaultDesk } from './default.ts';
import { requireHelpChannel } from './help-channel.ts';

/**
 * Checks that no other desk has this name. The caller holds the workspace's lock.
 *
 * @throws Refusal `duplicate` on `name`
 */
export async function requireFreeName(trx: Trx, workspaceId: string, name: string, ownId?: string): Promise<void> {
  const other = await findDeskByKey(trx, workspaceId, nameKey(name));
  if (other === undefined || other.id === ownId) return;
  throw new Refusal('duplicate', `There is a desk ${quoted(other.name)} already. Choose another name.`, 'name');
}

/** Puts full members on a desk, which makes them agents, and tells those who were not on it. */
export async function putOn(
  trx: Trx,
  deps: Deps,
  actor: Actor,
  deskId: string,
  userIds: readonly string[],
): Promise<void> {
  await insertAgents(trx, actor.workspaceId, userIds);
  const put = await putOnDesks(trx, actor.workspaceId, [deskId], userIds);
  await welcome(trx, deps, actor, new Map(put.map(({ userId }) => [userId, { expertiseIds: [], deskIds: [deskId] }])));
}

type Needed = 'helpChannelId' | 'answerMinutes';

/** What is not said of its rules is as for the first desk. */
export type NewDesk = Pick<DeskRules, Needed> &
  Partial<Omit<DeskRules, Needed>> & { name: string; agents: readonly string[] };

const checkRules = ({ reopenDays, quietDays, capacity, sentence, fallbackId = '', ...others }: NewDesk) => ({
  fallbackId,
  reopenDays: checkDays(reopenDays ?? DESK_DAYS.initial, 'reopen_days'),
  quietDays: checkDays(quietDays ?? DESK_DAYS.initial, 'quiet_days'),
  capacity: checkCapacity(capacity ?? CAPACITY.initial),
  sentence: checkSentence(sentence ?? SENTENCE),
  selectionOrder: others.selectionOrder ?? 'expertise_first',
  noHuddles: others.noHuddles ?? false,
  forwardsNew: others.forwardsNew ?? false,
});

/**
 * @throws Refusal `not_allowed`; `invalid` or `duplicate` on `name`; on `help_channel` as `requireHelpChannel` says; `invalid` on `agents` or
 * `answer_minutes`, `fallback`, `reopen_days`, `quiet_days`, `capacity` or `sentence`
 */
export async function newDesk(deps: Deps, actor: Actor, input: NewDesk): Promise<Desk> {
  const { workspaceId } = actor;
  await requireAdministrator(deps.db, actor);
  const name = checkDeskName(input.name);
  const answerMinutes = checkAnswerMinutes(input.answerMinutes);
  if (input.helpChannelId !== '') await requireHelpChannel(deps, workspaceId, input.helpChannelId);
  const rules = checkRules(input);
  const fallbacks = rules.fallbackId === '' ? [] : [rules.fallbackId];
  await meet(deps, workspaceId, [...input.agents, ...fallbacks]);
  return transaction(deps.db, async (trx) => {
    await lockWorkspace(trx, workspaceId);
    await requireAdministrator(trx, actor);
    await ensureDefaultDesk(trx, deps, workspaceId);
    await requireFreeName(trx, workspaceId, name);
    await requireFit(trx, workspaceId, input.agents, 'agents');
    await requireFit(trx, workspaceId, fallbacks, 'fallback', 'called for help');
    const id = deps.newId();
    const { helpChannelId } = input;
    const own = { workspaceId, id, name, helpChannelId, answerMinutes, ...rules };
    await insertDesk(trx, { ...own, isDefault: false, now: deps.now() });
    await putOn(trx, deps, actor, id, input.agents);
    await refreshHomes(trx, deps, workspaceId);
    const made = await findDesk(trx, workspaceId, id);
    if (made === undefined) throw new Error('The desk just added is not there.');
    return made;
  });
}
