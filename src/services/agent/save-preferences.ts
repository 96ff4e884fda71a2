/** Somebody changes their own preferences; joining a desk makes them an agent. */
import {
  CALLED_BY,
  CALLS_AN_HOUR,
  checkLiveChatName,
  pauseEnds,
  TAKES,
  type Agent,
  type CalledBy,
  type Pause,
  type Takes,
} from '../../domain/agent.ts';
import { settle, type Change, type SetChange } from '../../domain/change.ts';
import { isCountryOrNone } from '../../domain/countries.ts';
import type { Expertise } from '../../domain/expertise.ts';
import { baseLanguage, languagesOf } from '../../domain/languages.ts';
import { Refusal } from '../../errors.ts';
import { insertAgents, lockAgent, updateAgents, type AgentChange } from '../../store/agents.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { putOnDesks, takeOffDesks } from '../../store/desk-agents.ts';
import { listDesks, listDesksOf } from '../../store/desks.ts';
import { giveExpertise, takeExpertise } from '../../store/expertise.ts';
import { holdExpertise } from '../../store/expertise-hold.ts';
import type { Actor, Deps } from '../deps.ts';
import { turnsFail } from '../forward/end.ts';
import { wakeRequests } from '../help/wake.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireMember } from '../rights.ts';

/** What the person changed; what they left alone is missing. */
export type PreferencesChange = {
  /** The version the form was made from. */
  version: number;
  liveChatName?: Change<string> | undefined;
  languages?: Change<readonly string[]> | undefined;
  takes?: Change<Takes> | undefined;
  pause: Pause;
  /** "2026-03-10", for a pause until a date. */
  pauseDate?: string | undefined;
  calledBy?: Change<CalledBy> | undefined;
  callsAnHour?: Change<number> | undefined;
  country?: Change<string> | undefined;
  expertise: SetChange;
  desks: SetChange;
};

const FIELDS = ['liveChatName', 'languages', 'takes', 'calledBy', 'callsAnHour', 'country'] as const;
export type PreferenceField = (typeof FIELDS)[number];

export type SavedPreferences = {
  /** Names of the desks they are on now. */
  desks: readonly string[];
  /** Expertise they chose that was deleted meanwhile. */
  goneExpertise: readonly string[];
  goneDesks: readonly string[];
  /** Fields that were changed elsewhere as well, differently: those changes stayed. */
  stayed: readonly PreferenceField[];
  /** Something was changed elsewhere since the form was opened. */
  changedMeanwhile: boolean;
};

/** Whether everything chosen is among what the form offers. */
const isOffered = ({ languages, takes, calledBy, country }: PreferencesChange): boolean =>
  (takes === undefined || TAKES.includes(takes.to)) &&
  (calledBy === undefined || CALLED_BY.includes(calledBy.to)) &&
  (languages?.to ?? []).every((code) => baseLanguage(code) === code) &&
  isCountryOrNone(country?.to ?? '');

function check(change: PreferencesChange): PreferencesChange {
  const { callsAnHour, liveChatName } = change;
  const calls = callsAnHour?.to ?? CALLS_AN_HOUR.initial;
  if (!Number.isInteger(calls) || calls < CALLS_AN_HOUR.min || calls > CALLS_AN_HOUR.max) {
    throw new Refusal('invalid', `Choose a number from ${CALLS_AN_HOUR.min} to ${CALLS_AN_HOUR.max}.`, 'calls_an_hour');
  }
  if (!isOffered(change))
    throw new Refusal('invalid', 'The form held something Beckon does not offer. Please open it again.');
  return {
    ...change,
    liveChatName: liveChatName && { from: liveChatName.from, to: checkLiveChatName(liveChatName.to) },
  };
}

type Outcome = { write: AgentChange; stayed: PreferenceField[] };

function settleAll(change: PreferencesChange, agent: Agent, locale: string, untouched: boolean): Outcome {
  const settled = {
    liveChatName: settle(change.liveChatName, agent.liveChatName, untouched),
    languages: settle(change.languages, languagesOf(agent.languages, locale), untouched),
    takes: settle(change.takes, agent.takes, untouched),
    calledBy: settle(change.calledBy, agent.calledBy, untouched),
    callsAnHour: settle(change.callsAnHour, agent.callsAnHour, untouched),
    country: settle(change.country, agent.country, untouched),
  };
  const written = FIELDS.filter((field) => settled[field].write !== undefined);
  return {
    write: Object.fromEntries(written.map((field) => [field, settled[field].write])),
    stayed: FIELDS.filter((field) => settled[field].stayed),
  };
}

/** What was chosen, by the id the form had for it, kept from being deleted until it is given. */
type Chosen = ReadonlyMap<string, Expertise>;

async function saveExpertise(
  trx: Trx,
  { workspaceId, userId }: Actor,
  { add, remove }: SetChange,
  chosen: Chosen,
): Promise<string[]> {
  const given = [...new Set([...chosen.values()].map(({ id }) => id))];
  const taken = remove.filter((id) => !given.includes(id));
  await giveExpertise(trx, workspaceId, given, [userId]);
  await takeExpertise(trx, workspaceId, taken, [userId]);
  return add.filter((id) => !chosen.has(id));
}

async function saveDesks(
  trx: Trx,
  deps: Deps,
  { workspaceId, userId }: Actor,
  { add, remove }: SetChange,
): Promise<string[]> {
  const there = new Set((await listDesks(trx, workspaceId)).map(({ id }) => id));
  const joined = add.filter((id) => there.has(id));
  await putOnDesks(trx, workspaceId, joined, [userId]);
  await takeOffDesks(trx, workspaceId, remove, [userId]);
  await turnsFail(trx, deps, workspaceId, { deskIds: remove, userIds: [userId] });
  return add.filter((id) => !there.has(id));
}

/**
 * Saves what the person changed and leaves everything else as it is by now.
 *
 * @throws Refusal `not_allowed`; `invalid` on `live_chat_name`, `calls_an_hour`, `pause` or `pause_until`
 */
export async function savePreferences(deps: Deps, actor: Actor, form: PreferencesChange): Promise<SavedPreferences> {
  const { workspaceId, userId } = actor;
  const change = check(form);
  return transaction(deps.db, async (trx) => {
    const { person } = await requireMember(trx, actor);
    const chosen = await holdExpertise(trx, workspaceId, change.expertise.add);
    const made = await insertAgents(trx, workspaceId, [userId]);
    const agent = await lockAgent(trx, workspaceId, userId);
    if (agent === undefined) throw new Error('The agent just made is not there.');
    const untouched = (made.length > 0 ? 0 : agent.version) === change.version;
    const { write, stayed } = settleAll(change, agent, person.locale, untouched);
    if (change.pause !== 'keep') {
      write.pausedUntil = pauseEnds(change.pause, deps.now(), person.timeZone, change.pauseDate) ?? null;
    }
    if (Object.keys(write).length > 0) await updateAgents(trx, workspaceId, [userId], write);
    const goneExpertise = await saveExpertise(trx, actor, change.expertise, chosen);
    const goneDesks = await saveDesks(trx, deps, actor, change.desks);
    await wakeRequests(trx, deps, workspaceId, userId);
    await refreshHomes(trx, deps, workspaceId);
    const desks = (await listDesksOf(trx, workspaceId, userId)).map(({ name }) => name);
    return { desks, goneExpertise, goneDesks, stayed, changedMeanwhile: !untouched };
  });
}
