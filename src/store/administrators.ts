/** Who is an administrator and why, and those made one by another. */
import { administrators } from './callers.ts';
import { inChunks } from './chunks.ts';
import type { Handle, Trx } from './db.ts';

export type Administrator = {
  readonly userId: string;
  readonly name: string;
  /** A Slack admin or owner. */
  readonly bySlackRole: boolean;
  /** Who made them one and when; undefined where nobody did. */
  readonly made: { readonly by: string; readonly at: string } | undefined;
};

/** A page of them by name, and how many there are. */
export async function pageOfAdministrators(
  db: Handle,
  workspaceId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ administrators: Administrator[]; count: number }> {
  const rows = await administrators(db, workspaceId)
    .leftJoin('administrators as made', (join) => {
      join.on('made.workspace_id', 'people.workspace_id').on('made.user_id', 'people.user_id');
    })
    .orderBy(['people.name', 'people.user_id'])
    .limit(limit)
    .offset(offset)
    .select<{ user_id: string; name: string; is_slack_admin: number; made_by: string | null; made_at: string }[]>([
      'people.user_id',
      'people.name',
      'people.is_slack_admin',
      'made.made_by',
      'made.made_at',
    ]);
  const all = await administrators(db, workspaceId)
    .count({ count: '*' })
    .first<{ count: number | string } | undefined>();
  return {
    administrators: rows.map((row) => ({
      userId: row.user_id,
      name: row.name,
      bySlackRole: row.is_slack_admin === 1,
      made: row.made_by === null ? undefined : { by: row.made_by, at: row.made_at },
    })),
    count: Number(all?.count ?? 0),
  };
}

/** Makes people administrators; those who had not been made one before. */
export async function insertAdministrators(
  trx: Trx,
  workspaceId: string,
  userIds: readonly string[],
  { madeBy, now }: { madeBy: string; now: Date },
): Promise<string[]> {
  const made = { made_by: madeBy, made_at: now.toISOString() };
  const rows = await inChunks(
    userIds.map((userId) => ({ workspace_id: workspaceId, user_id: userId, ...made })),
    (chunk) =>
      trx('administrators')
        .insert(chunk)
        .onConflict(['workspace_id', 'user_id'])
        .ignore()
        .returning<{ user_id: string }[]>('user_id'),
  );
  return rows.map((row) => row.user_id);
}

/** Takes it back; whether they had been made one. */
export async function deleteAdministrator(trx: Trx, workspaceId: string, userId: string): Promise<boolean> {
  return (await trx('administrators').where({ workspace_id: workspaceId, user_id: userId }).delete()) === 1;
}
