/** Who can be an agent. */
import { isFullMember } from '../../domain/person.ts';
import { harmless, listed } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';
import type { Handle } from '../../store/db.ts';
import { listPeople, type KnownPerson } from '../../store/people.ts';

function whyNot(person: KnownPerson | undefined): string | undefined {
  if (person === undefined) return 'somebody Slack told Beckon nothing about just now';
  const name = harmless(person.name);
  if (person.isBot) return `${name} (a bot)`;
  if (person.isDeactivated) return `${name} (deactivated)`;
  if (person.isOutsider) return `${name} (from another organization)`;
  return isFullMember(person) ? undefined : `${name} (a guest)`;
}

/**
 * Checks that all of these people can be agents (or `asWhat` else full members can be), from what is known of them: `meet` them before the transaction.
 *
 * @throws Refusal `invalid` on `field`, naming everybody who cannot and why
 */
export async function requireFit(
  db: Handle,
  workspaceId: string,
  userIds: readonly string[],
  field?: string,
  asWhat = 'agents',
): Promise<void> {
  const people = await listPeople(db, workspaceId, userIds);
  const unfit = userIds.flatMap((userId) => whyNot(people.get(userId)) ?? []);
  if (unfit.length === 0) return;
  throw new Refusal(
    'invalid',
    `Only full members of this workspace can be ${asWhat}. Please leave out ${listed([...new Set(unfit)])}; nothing was changed.`,
    field,
  );
}
