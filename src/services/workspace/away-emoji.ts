/** Administrators keep the list of status emoji that mean out of office. */
import { AWAY_EMOJI_MAX } from '../../domain/away-emoji.ts';
import { changedSet, isEmptySet, type SetChange } from '../../domain/change.ts';
import { Refusal } from '../../errors.ts';
import { transaction } from '../../store/db.ts';
import { findWorkspace, lockWorkspace, saveAwayEmoji } from '../../store/workspaces.ts';
import type { Actor, Deps } from '../deps.ts';
import { refreshHomes } from '../home/refresh.ts';
import { requireAdministrator } from '../rights.ts';

/** What counts now. @throws Refusal `not_allowed` */
export async function awayEmoji({ db }: Deps, actor: Actor): Promise<readonly string[]> {
  await requireAdministrator(db, actor);
  return (await findWorkspace(db, actor.workspaceId))?.awayEmoji ?? [];
}

export type ChangedAwayEmoji = {
  readonly emoji: readonly string[];
  /** Others changed the list since the form was opened. */
  readonly changedMeanwhile: boolean;
};

/**
 * Adds and takes out what this person did; what others added or took out meanwhile stays so.
 *
 * @param shown what the form showed
 * @throws Refusal `not_allowed`; `invalid` on `away_emoji` when both together are more than twenty
 */
export async function changeAwayEmoji(
  deps: Deps,
  actor: Actor,
  { change, shown }: { change: SetChange; shown: readonly string[] },
): Promise<ChangedAwayEmoji> {
  const { workspaceId } = actor;
  return transaction(deps.db, async (trx) => {
    await requireAdministrator(trx, actor);
    const { awayEmoji: now } = await lockWorkspace(trx, workspaceId);
    const changedMeanwhile = !isEmptySet(changedSet(shown, now));
    const kept = now.filter((each) => !change.remove.includes(each));
    const emoji = [...new Set([...kept, ...change.add])];
    if (emoji.length > AWAY_EMOJI_MAX) {
      throw new Refusal(
        'invalid',
        `Somebody else added some meanwhile: together there are ${emoji.length}.`,
        'away_emoji',
      );
    }
    await saveAwayEmoji(trx, workspaceId, emoji);
    await refreshHomes(trx, deps, workspaceId);
    return { emoji, changedMeanwhile };
  });
}
