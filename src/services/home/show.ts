/** What one person's Home shows. */
import { isFullMember } from '../../domain/person.ts';
import { findAgent } from '../../store/agents.ts';
import { findCaller } from '../../store/callers.ts';
import { listConversationsOf } from '../../store/desk-conversations.ts';
import { listDesksOf } from '../../store/desks.ts';
import { listExpertiseOf } from '../../store/expertise.ts';
import { findShownHash, noteHomeView, saveShownHash } from '../../store/home-views.ts';
import { aboutConversations, type AboutConversation } from '../conversation/about.ts';
import type { Actor, Deps } from '../deps.ts';
import { turnsNow, type TurnNow } from '../forward/turn-now.ts';
import { deskConversations, type DeskConversations } from './desk-conversations.ts';
import { waitingFor, type Waiting } from '../help/list.ts';
import { someUndelivered, type UndeliveredCount } from '../undelivered/list.ts';
import { openSetup, type Setup } from './setup.ts';

const SHOWN_REQUESTS = 20;
const SHOWN_CONVERSATIONS = 10;

/** `turn`: it was forwarded to them and waits for their answer. */
type MyConversation = AboutConversation & { readonly turn: TurnNow | undefined };

type MyConversations = { readonly rows: readonly MyConversation[]; readonly hasMore: boolean };

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
      /** What else is open at their desks. */
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

async function myConversations({ db }: Deps, actor: Actor): Promise<MyConversations> {
  const open = await listConversationsOf(db, actor.workspaceId, actor.userId, SHOWN_CONVERSATIONS + 1);
  const shown = await aboutConversations(db, actor, open.slice(0, SHOWN_CONVERSATIONS));
  const ids = shown.map(({ conversationId }) => conversationId);
  const turns = await turnsNow(db, actor.workspaceId, ids);
  const rows = shown.map((row) => {
    const turn = turns.get(row.conversationId);
    return { ...row, turn: turn?.userId === actor.userId ? turn : undefined };
  });
  // What waits for them comes first.
  rows.sort((a, b) => Number(a.turn === undefined) - Number(b.turn === undefined));
  return { rows, hasMore: open.length > SHOWN_CONVERSATIONS };
}

async function myPreferences({ db, now }: Deps, { workspaceId, userId }: Actor, name: string) {
  const agent = await findAgent(db, workspaceId, userId);
  const pausedUntil = agent?.pausedUntil;
  return {
    liveChatName: agent?.liveChatName || name,
    languages: agent?.languages ?? [],
    expertise: (await listExpertiseOf(db, workspaceId, userId)).map((expertise) => expertise.name),
    desks: (await listDesksOf(db, workspaceId, userId)).map((desk) => desk.name),
    pausedUntil: pausedUntil !== undefined && pausedUntil > now().toISOString() ? pausedUntil : undefined,
  };
}

/** Home as it is now. */
export async function homeOf(deps: Deps, actor: Actor): Promise<Home> {
  const caller = await findCaller(deps.db, actor.workspaceId, actor.userId);
  if (caller === undefined || !isFullMember(caller.person)) return { kind: 'customer' };
  return {
    kind: 'team',
    isAgent: caller.isOnDesk,
    isAdministrator: caller.isAdministrator,
    setup: caller.isAdministrator ? await openSetup(deps.db, actor.workspaceId) : undefined,
    undelivered: caller.isAdministrator ? await someUndelivered(deps, actor.workspaceId) : undefined,
    waiting: await waitingFor(deps.db, actor, { limit: SHOWN_REQUESTS }),
    conversations: await myConversations(deps, actor),
    deskConversations: await deskConversations(deps, actor),
    preferences: await myPreferences(deps, actor, caller.person.name),
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
