/** Who is an administrator, and why. */
import { pageOfAdministrators, type Administrator } from '../../store/administrators.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireAdministrator } from '../rights.ts';

export type AdministratorList = {
  readonly administrators: readonly Administrator[];
  readonly page: number;
  readonly pages: number;
};

const PAGE = 20;

/** One page by name; the last one where there are fewer. @throws Refusal `not_allowed` */
export async function administratorList({ db }: Deps, actor: Actor, page = 0): Promise<AdministratorList> {
  await requireAdministrator(db, actor);
  const read = (at: number) => pageOfAdministrators(db, actor.workspaceId, { limit: PAGE, offset: at * PAGE });
  const { administrators, count } = await read(page);
  const pages = Math.max(1, Math.ceil(count / PAGE));
  if (page < pages) return { administrators, page, pages };
  return { administrators: (await read(pages - 1)).administrators, page: pages - 1, pages };
}
