/** Verbs that meet on one conversation on PostgreSQL, where transactions run side by side. On SQLite they queue. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { closeByHand } from '../../../src/services/conversation/close.ts';
import { savePanel } from '../../../src/services/conversation/save-panel.ts';
import { join, joinAsWell } from '../../../src/services/help/join.ts';
import { closeConversation, findConversation, setNote } from '../../../src/store/conversations.ts';
import type { Trx } from '../../../src/store/db.ts';
import { databases, type TestDatabase } from '../../support/database.ts';
import { actor, ask, makeSupport } from '../../support/help.ts';
import { untilLocked } from '../../support/locks.ts';
import { makeDeps, type TestDeps } from '../../support/make.ts';
import { emptyDatabase } from '../../support/state.ts';

const ben = actor('UBEN');

describe('while a conversation is being changed on postgres', () => {
  let database: TestDatabase;
  let deps: TestDeps;
  let conversationId: string;
  let requestId: string;
  beforeAll(async () => {
    database = await (databases[1] as (typeof databases)[number]).open();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await emptyDatabase(database.db);
    deps = makeDeps(database.db);
    await makeSupport(deps);
    ({ conversationId, requestId } = await ask(deps));
  });

  /** Somebody's change is written, another verb waits for it, then it is committed. */
  const meet = async (change: (trx: Trx) => Promise<unknown>, verb: () => Promise<unknown>) => {
    const first = await deps.db.transaction();
    await change(first);
    const second = Promise.allSettled([verb()]);
    await untilLocked(deps.db);
    await first.commit();
    const [result] = await second;
    return result;
  };
  const closing = (trx: Trx) =>
    closeConversation(trx, 'T1', conversationId, { outcome: 'success', closedBy: 'UANA', now: deps.now() });

  it.each<[string, () => Promise<unknown>]>([
    ['comes into it', () => joinAsWell(deps, ben, { conversationId })],
    ['claims its seat', () => join(deps, ben, { requestId })],
    ['asks for help in it', () => ask(deps, { note: 'more' })],
    ['saves its panel', () => savePanel(deps, ben, { conversationId, addExpertise: [], removeExpertise: [] })],
    ['closes it', () => closeByHand(deps, ben, { conversationId })],
  ])('nobody %s who would then be in a closed one', async (_what, verb) => {
    expect(await meet(closing, verb)).toMatchObject({ status: 'rejected', reason: { code: 'gone' } });
    expect(await deps.db('seats').where({ user_id: 'UBEN' }).whereNull('left_at')).toEqual([]);
  });

  it('a note that somebody else is writing is not lost', async () => {
    const save = () =>
      savePanel(deps, ben, {
        conversationId,
        note: { was: '', is: 'From Ben' },
        addExpertise: [],
        removeExpertise: [],
      });
    const result = await meet((trx) => setNote(trx, 'T1', conversationId, 'From Ana'), save);
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'conflict', field: 'note' } });
    expect((await findConversation(deps.db, 'T1', conversationId))?.note).toBe('From Ana');
  });
});
