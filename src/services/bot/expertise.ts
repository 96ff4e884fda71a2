/** Everything there is to know, for a bot to choose from. */
import { listExpertise } from '../../store/expertise.ts';
import { countHolders } from '../../store/holders.ts';
import type { Deps } from '../deps.ts';
import type { ListedExpertise } from '../expertise/list.ts';
import type { Bot } from '../token/authenticate.ts';

export async function expertiseForBot({ db }: Deps, { workspaceId }: Bot): Promise<ListedExpertise[]> {
  const holders = await countHolders(db, workspaceId);
  const expertise = await listExpertise(db, workspaceId);
  return expertise.map(({ id, name, description }) => ({ id, name, description, holders: holders.get(id) ?? 0 }));
}
