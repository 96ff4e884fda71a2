/** Who may do what (design: "Who can do what"). A refusal says who can help. */
import { isFullMember } from '../domain/person.ts';
import { harmless, listed } from '../domain/wording.ts';
import { Refusal } from '../errors.ts';
import { findCaller, listAdministratorNames } from '../store/callers.ts';
import type { Handle } from '../store/db.ts';
import type { KnownPerson } from '../store/people.ts';
import type { Actor, Deps } from './deps.ts';
import { isStale, meet } from './person/meet.ts';

export type Caller = {
  readonly person: KnownPerson;
  /** A full member on at least one desk. */
  readonly isAgent: boolean;
  readonly isAdministrator: boolean;
};

async function whoCanHelp(db: Handle, workspaceId: string): Promise<string> {
  const names = await listAdministratorNames(db, workspaceId, 3);
  return names.length === 0
    ? 'Ask an admin of your Slack workspace.'
    : `${listed(names.map(harmless), 'or')} can help.`;
}

function requireMemberIn(caller: Awaited<ReturnType<typeof findCaller>>): Caller {
  if (caller === undefined) {
    throw new Refusal('unavailable', 'Slack did not tell Beckon who you are just now. Please try again in a moment.');
  }
  if (!isFullMember(caller.person)) {
    throw new Refusal(
      'not_allowed',
      'Beckon is a tool of the support team here, so this is not open to guests or people from other organizations. Write in the channel and the team will answer you.',
    );
  }
  return { person: caller.person, isAgent: caller.isOnDesk, isAdministrator: caller.isAdministrator };
}

/**
 * Somebody who belongs to the support team's organisation.
 *
 * @throws Refusal `not_allowed` for guests, outsiders, bots and deactivated people; `unavailable` for somebody Slack said nothing of
 */
export const requireMember = async (db: Handle, { workspaceId, userId }: Actor): Promise<Caller> =>
  requireMemberIn(await findCaller(db, workspaceId, userId));

/**
 * The same for somebody who may never have been met: Slack is asked who they are, where it has not said so within a day. Reads the mirror
 * once where it has.
 *
 * @throws Refusal as `requireMember`
 */
export async function admit(deps: Deps, actor: Actor): Promise<Caller> {
  const { workspaceId, userId } = actor;
  const caller = await findCaller(deps.db, workspaceId, userId);
  if (caller !== undefined && !isStale(caller.person, deps.now())) return requireMemberIn(caller);
  await meet(deps, workspaceId, [userId]);
  return requireMember(deps.db, actor);
}

/**
 * An agent, or an administrator where they may do the same.
 *
 * @throws Refusal `not_allowed`
 */
export async function requireAgent(db: Handle, actor: Actor): Promise<Caller> {
  const caller = await requireMember(db, actor);
  if (!caller.isAgent && !caller.isAdministrator) {
    throw new Refusal(
      'not_allowed',
      'Only agents can do this. Choose a desk in *My preferences* (`/expertise me`) and you are one; then try again.',
    );
  }
  return caller;
}

/** @throws Refusal `not_allowed` */
export async function requireAdministrator(db: Handle, actor: Actor): Promise<Caller> {
  const caller = await requireMember(db, actor);
  if (!caller.isAdministrator) {
    throw new Refusal('not_allowed', `Only administrators can do this. ${await whoCanHelp(db, actor.workspaceId)}`);
  }
  return caller;
}
