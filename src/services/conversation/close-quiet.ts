/** A conversation in which nothing has happened for as many days as its desk says closes itself (design 5.9). */
import { listQuiet } from '../../store/closed-conversations.ts';
import { transaction } from '../../store/db.ts';
import type { Deps } from '../deps.ts';
import { closeNow } from './close.ts';

const AT_ONCE = 20;

/** Closes up to twenty quiet conversations, as anybody would by hand; answers how many. */
export const closeQuiet = (deps: Deps): Promise<number> =>
  transaction(deps.db, async (trx) => {
    const quiet = await listQuiet(trx, deps.now(), AT_ONCE);
    for (const conversation of quiet) await closeNow(trx, deps, conversation, { by: '' });
    return quiet.length;
  });
