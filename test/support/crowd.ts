/** A workspace with very many people. */
import type { Db } from '../../src/store/db.ts';

/** That many agents who have one expertise: `U0`, `U1`, … */
export async function makeCrowd(db: Db, size: number, expertiseId: string, workspaceId = 'T1'): Promise<void> {
  const rows = (more: object) =>
    Array.from({ length: size }, (_, index) => ({ workspace_id: workspaceId, user_id: `U${index}`, ...more }));
  const facts = { name: 'x', real_name: 'x', time_zone: 'UTC', locale: '', read_at: '' };
  await db.batchInsert('people', rows(facts), 400);
  await db.batchInsert('agents', rows({ languages: '[]' }), 400);
  await db.batchInsert('agent_expertise', rows({ expertise_id: expertiseId }), 400);
  // Both databases do this by themselves in time; rows that came all at once are planned for as if there were few.
  await db.raw('analyze');
}
