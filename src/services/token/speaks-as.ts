/** Whether a token may speak through a Slack user. */
import { Refusal } from '../../errors.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import { harmless } from '../../domain/wording.ts';
import type { Actor, Deps } from '../deps.ts';
import { meet } from '../person/meet.ts';

/**
 * Reads from Slack who it is; '' is nobody and always fine.
 *
 * @throws Refusal `invalid` on `speaks_as` for people, for Beckon itself and for bots that are gone; `unavailable` when Slack is silent
 */
export async function requireBotUser(deps: Deps, { workspaceId }: Actor, userId: string): Promise<void> {
  if (userId === '') return;
  const person = (await meet(deps, workspaceId, [userId])).get(userId);
  if (person === undefined) {
    throw new Refusal('unavailable', 'Slack did not say who that is just now. Please try again.', 'speaks_as');
  }
  const isBeckon = (await findWorkspace(deps.db, workspaceId))?.botUserId === userId;
  if (isBeckon) throw new Refusal('invalid', 'Beckon is the other side. Choose the bot of your own app.', 'speaks_as');
  if (!person.isBot || person.isDeactivated) {
    throw new Refusal('invalid', `${harmless(person.name)} is no bot. Choose the bot user of an app.`, 'speaks_as');
  }
}
