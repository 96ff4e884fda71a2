/** What one person's Home shows. */
import { isFullMember } from '../../domain/person.ts';
import { findAgent } from '../../store/agents.ts';
import { findCaller } from '../../store/callers.ts';
import { listDesks, listDesksOf, type Desk } from '../../store/desks.ts';
import { listExpertiseOf } from '../../store/expertise.ts';
import { findShownHash, noteHomeView, saveShownHash } from '../../store/home-views.ts';
import type { Actor, Deps } from '../deps.ts';
import { waitingFor, type Reader, type Waiting } from '../help/list.ts';
import { someUndelivered, type UndeliveredCount } from '../undelivered/list.ts';
import { openConversations, type DeskConversations, type MyConversations } from './conversations.ts';
import { openSetup, type Setup } from './setup.ts';

const SHOWN_REQUESTS = 20;

export type Home =
  /** Guests, outsiders and people Slack said nothing of: nothing internal. */
  | { readonly kind: 'customer' }
  | {
      readonly kind: 'team';
      readonly isAgent: boolean;
      readonly isAdministrator: boolean;
      /** How far the workspace is set up; undefined once it is, and for others than administrators. */
      readonly setup: Setup | undefined;
      /** What could not be delivered; undefined where there is nothing, and for others than administrators. */
      readonly undelivered: UndeliveredCount | undefined;
      readonly waiting: Waiting;
      readonly conversations: MyConversations;
      /** What else is open at their desks; for an administrator without one, at all of them. */
      readonly deskConversations: DeskConversations;
      readonly preferences: {
        readonly liveChatName: string;
        readonly languages: readonly string[];
        readonly expertise: readonly string[];
        readonly desks: readonly string[];
        /** Undefined when not paused. */
        readonly pausedUntil: string | undefined;
      };
    };

async function myPreferences({ db, now }: Deps, { workspaceId, caller }: Reader, desks: readonly Desk[]) {
  const { userId, name } = caller.person;
  const agent = await findAgent(db, workspaceId, userId);
  const pausedUntil = agent?.pausedUntil;
  return {
    liveChatName: agent?.liveChatName || name,
    languages: agent?.languages ?? [],
    expertise: (await listExpertiseOf(db, workspaceId, userId)).map((expertise) => expertise.name),
    desks: desks.map((desk) => desk.name),
    pausedUntil: pausedUntil !== undefined && pausedUntil > now().toISOString() ? pausedUntil : undefined,
  };
}

/** Home as it is now. */
export async function homeOf(deps: Deps, actor: Actor): Promise<Home> {
  const { db } = deps;
  const { workspaceId, userId } = actor;
  const found = await findCaller(db, workspaceId, userId);
  if (found === undefined || !isFullMember(found.person)) return { kind: 'customer' };
  const { person, isOnDesk: isAgent, isAdministrator } = found;
  const reader = { workspaceId, caller: { person, isAgent, isAdministrator } };
  const desks = isAgent ? await listDesksOf(db, workspaceId, userId) : [];
  return {
    kind: 'team',
    isAgent,
    isAdministrator,
    setup: isAdministrator ? await openSetup(db, workspaceId) : undefined,
    undelivered: isAdministrator ? await someUndelivered(deps, workspaceId) : undefined,
    waiting: await waitingFor(db, reader, { limit: SHOWN_REQUESTS }),
    ...(await openConversations(db, reader, isAgent || !isAdministrator ? desks : await listDesks(db, workspaceId))),
    preferences: await myPreferences(deps, reader, desks),
  };
}

/** Somebody looks at their Home: from now on, for ten minutes, changes reach it by themselves. */
export const lookedAtHome = ({ db, now }: Deps, { workspaceId, userId }: Actor): Promise<void> =>
  noteHomeView(db, workspaceId, userId, now());

/** Whether the Home that was published last is not this one. */
export const isNewHome = async ({ db }: Deps, { workspaceId, userId }: Actor, hash: string): Promise<boolean> =>
  (await findShownHash(db, workspaceId, userId)) !== hash;

/** This Home has been published. */
export const homePublished = ({ db }: Deps, { workspaceId, userId }: Actor, hash: string): Promise<void> =>
  saveShownHash(db, workspaceId, userId, hash);
