/** What the preferences form shows. */
import { CALLS_AN_HOUR, isPaused, type CalledBy, type Takes, type Agent } from '../../domain/agent.ts';
import { languagesOf } from '../../domain/languages.ts';
import { findAgent } from '../../store/agents.ts';
import { listDesks, listDesksOf } from '../../store/desks.ts';
import { listExpertiseOf } from '../../store/expertise.ts';
import type { Actor, Deps } from '../deps.ts';
import { defaultDesk } from '../desk/default.ts';
import { expertiseCatalogue, type Catalogue, type Choice } from '../expertise/options.ts';
import { requireMember } from '../rights.ts';

export type Preferences = {
  /** Of the agent's row; 0 for somebody who has none. */
  readonly version: number;
  readonly isAdministrator: boolean;
  /** Their Slack display name: what customers read without a live chat name. */
  readonly displayName: string;
  readonly liveChatName: string;
  /** ISO 639-1, the first one first; their Slack locale until they said. */
  readonly languages: readonly string[];
  readonly expertise: readonly Choice[];
  readonly catalogue: Catalogue;
  readonly desks: readonly (Choice & { readonly mine: boolean })[];
  readonly takes: Takes;
  /** ISO 8601 UTC; undefined while not paused. */
  readonly pausedUntil: string | undefined;
  readonly calledBy: CalledBy;
  readonly callsAnHour: number;
  /** ISO 3166 alpha-2, '' for none; undefined where no desk of theirs puts language first, and nobody asks for it. */
  readonly country: string | undefined;
};

/** @throws Refusal `not_allowed` for people who cannot be agents */
export async function preferences(deps: Deps, actor: Actor): Promise<Preferences> {
  const { db, now } = deps;
  const { workspaceId, userId } = actor;
  const { person, isAdministrator } = await requireMember(db, actor);
  await defaultDesk(deps, workspaceId);
  const agent = await findAgent(db, workspaceId, userId);
  const own = await listDesksOf(db, workspaceId, userId);
  const mine = new Set(own.map(({ id }) => id));
  const asksCountry = own.some(({ selectionOrder }) => selectionOrder === 'language_first');
  const desks = await listDesks(db, workspaceId);
  const expertise = await listExpertiseOf(db, workspaceId, userId);
  return {
    version: agent?.version ?? 0,
    isAdministrator,
    displayName: person.name,
    liveChatName: agent?.liveChatName ?? '',
    languages: languagesOf(agent?.languages ?? [], person.locale),
    expertise: expertise.map(({ id, name }) => ({ id, name })),
    catalogue: await expertiseCatalogue(db, workspaceId),
    desks: desks.map(({ id, name }) => ({ id, name, mine: mine.has(id) })),
    ...wishesOf(agent, now()),
    country: asksCountry ? (agent?.country ?? '') : undefined,
  };
}

/** How they want to be reached; what somebody who never said so has. */
function wishesOf(agent: Agent | undefined, now: Date) {
  if (agent === undefined) {
    return { takes: 'any', pausedUntil: undefined, calledBy: 'mention', callsAnHour: CALLS_AN_HOUR.initial } as const;
  }
  const { takes, calledBy, callsAnHour } = agent;
  return { takes, calledBy, callsAnHour, pausedUntil: isPaused(agent, now) ? agent.pausedUntil : undefined };
}
