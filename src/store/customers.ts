/** Customers put in and taken out of a conversation by hand. */
import { isPostgres, type Handle } from './db.ts';
import { PERSON_COLUMNS, personFromRow, type KnownPerson, type PersonRow } from './people.ts';

/** Adds people by hand, those who were taken out as well. */
export async function putCustomers(db: Handle, conversationId: string, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  await db('conversation_customers')
    .insert(userIds.map((userId) => ({ conversation_id: conversationId, user_id: userId, is_removed: 0 })))
    .onConflict(['conversation_id', 'user_id'])
    .merge(['is_removed']);
}

/** Takes people out by hand: nothing they do makes them customers again. */
export async function removeCustomers(db: Handle, conversationId: string, userIds: readonly string[]): Promise<void> {
  await db('conversation_customers')
    .where({ conversation_id: conversationId })
    .whereIn('user_id', userIds)
    .update({ is_removed: 1 });
}

type NamedRow = { conversation_id: string; user_id: string; name: string | null };

/** Customers of several conversations by conversation id, in the order of user ids; '' for the name of somebody Beckon has never met. */
export async function listNamedCustomers(
  db: Handle,
  workspaceId: string,
  conversationIds: readonly string[],
): Promise<Map<string, { userId: string; name: string }[]>> {
  const rows = await db('conversation_customers')
    .leftJoin('people', (join) => {
      join.on('people.user_id', 'conversation_customers.user_id').onVal('people.workspace_id', workspaceId);
    })
    .whereIn('conversation_customers.conversation_id', conversationIds)
    .where({ 'conversation_customers.is_removed': 0 })
    .orderBy('conversation_customers.user_id')
    .select<NamedRow[]>(['conversation_customers.conversation_id', 'conversation_customers.user_id', 'people.name']);
  const customers = new Map<string, { userId: string; name: string }[]>();
  for (const { conversation_id: id, user_id: userId, name } of rows)
    customers.set(id, [...(customers.get(id) ?? []), { userId, name: name ?? '' }]);
  return customers;
}

/** Whether somebody was taken out by hand. */
export async function isRemovedCustomer(db: Handle, conversationId: string, userId: string): Promise<boolean> {
  const row = await db('conversation_customers')
    .where({ conversation_id: conversationId, user_id: userId, is_removed: 1 })
    .first<object | undefined>('user_id');
  return row !== undefined;
}

/** People Beckon knows, no bots, whose name contains the key (see `nameKey`): guests and outsiders first, then by name. */
export async function searchCustomers(
  db: Handle,
  workspaceId: string,
  key: string,
  limit: number,
): Promise<KnownPerson[]> {
  const contains = isPostgres(db) ? 'strpos(search_key, ?) > 0' : 'instr(search_key, ?) > 0';
  const rows = await db('people')
    .where({ workspace_id: workspaceId, is_bot: 0, is_deactivated: 0 })
    .whereRaw(contains, [key])
    .orderByRaw('case when is_guest + is_outsider > 0 then 0 else 1 end, search_key, user_id')
    .limit(limit)
    .select<PersonRow[]>(PERSON_COLUMNS);
  return rows.map(personFromRow);
}
