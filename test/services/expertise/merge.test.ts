import { beforeEach, expect, it } from '@jest/globals';
import { savePreferences } from '../../../src/services/agent/save-preferences.ts';
import { assign } from '../../../src/services/expertise/assign.ts';
import { deleteExpertise, deletionOf } from '../../../src/services/expertise/delete.ts';
import { editExpertise } from '../../../src/services/expertise/edit.ts';
import { expertiseForm } from '../../../src/services/expertise/form.ts';
import { mergeByText, mergeExpertise, mergeForm, mergePlan } from '../../../src/services/expertise/merge.ts';
import { newExpertise } from '../../../src/services/expertise/new.ts';
import { whoKnows } from '../../../src/services/expertise/who.ts';
import { addConversationExpertise, listConversationExpertise } from '../../../src/store/conversation-expertise.ts';
import { insertConversation } from '../../../src/store/conversations.ts';
import { findExpertise, listExpertise, listExpertiseByIds } from '../../../src/store/expertise.ts';
import { listHolders } from '../../../src/store/holders.ts';
import { insertRequest } from '../../../src/store/help-requests.ts';
import { addRequestExpertise, listWanted } from '../../../src/store/wanted-expertise.ts';
import { makeCrowd } from '../../support/crowd.ts';
import {
  makeAdministrator,
  makeAgent,
  makeDesk,
  makeExpertise,
  makePerson,
  makeWorkspace,
  type TestDeps,
} from '../../support/make.ts';
import { describeOnBoth, describeShared } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const root = { workspaceId: 'T1', userId: 'UROOT' };
const ids = { fromId: 'money', intoId: 'billing' };
const nothing = { people: 0, conversations: 0, requests: 0 };

async function twoOf({ db }: TestDeps): Promise<void> {
  await makeWorkspace(db);
  await makeAdministrator(db, 'UROOT');
  await makeExpertise(db, 'Billing');
  await makeExpertise(db, 'Money');
}

describeOnBoth('one expertise of two', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await twoOf(deps);
  });

  const holders = async (id = 'billing') => (await listHolders(deps.db, 'T1', id, 99)).map(({ userId }) => userId);

  /** An open conversation about `about` with an open request that wants `wanted`. */
  const conversation = async (id: string, about: string[], wanted: string[] = []): Promise<void> => {
    const { db, now } = deps;
    const place = { workspaceId: 'T1', channelId: `C${id}`, threadTs: '' };
    await makeDesk(db);
    await insertConversation(db, {
      ...place,
      id,
      deskId: 'support',
      status: 'in_progress',
      openedBy: 'UROOT',
      now: now(),
    });
    await addConversationExpertise(db, id, about);
    if (wanted.length === 0) return;
    const request = { id: `r${id}`, workspaceId: 'T1', conversationId: id, askedBy: 'UROOT', note: '', message: '' };
    await insertRequest(db, { ...request, cardChannelId: 'CHELP', now: now() } as Parameters<typeof insertRequest>[1]);
    await addRequestExpertise(db, `r${id}`, wanted);
  };

  it('has the people, conversations and requests of both, each once', async () => {
    await makeAgent(deps.db, 'UANA', { expertise: ['money'] });
    await makeAgent(deps.db, 'UBEN', { expertise: ['money', 'billing'] });
    await makeAgent(deps.db, 'UCLEO', { expertise: ['billing'] });
    await conversation('one', ['money'], ['money', 'billing']);
    await conversation('two', ['money', 'billing'], ['money']);
    const plan = await mergeExpertise(deps, root, ids);
    expect(plan).toMatchObject({ counts: { people: 2, conversations: 2, requests: 2 }, newPeople: 1 });
    expect(await holders()).toEqual(['UANA', 'UBEN', 'UCLEO']);
    for (const id of ['one', 'two']) {
      expect(await listConversationExpertise(deps.db, id)).toEqual([{ id: 'billing', name: 'Billing' }]);
      expect((await listWanted(deps.db, [`r${id}`])).get(`r${id}`)).toEqual([{ id: 'billing', name: 'Billing' }]);
    }
    expect((await listExpertise(deps.db, 'T1')).map(({ name }) => name)).toEqual(['Billing']);
    expect(await noticesOf(deps.db)).toEqual([
      { kind: 'help.card', conversationId: 'one', requestId: 'rone' },
      { kind: 'help.card', conversationId: 'two', requestId: 'rtwo' },
    ]);
  });

  it('answers to the name, old names and id of the one that went, also after another merge', async () => {
    await editExpertise(deps, root, {
      expertiseId: 'money',
      version: 1,
      name: { from: 'Money', to: 'Cash' },
      operators: { add: [], remove: [] },
    });
    await mergeExpertise(deps, root, ids);
    await makeExpertise(deps.db, 'Finance');
    await mergeExpertise(deps, root, { fromId: 'billing', intoId: 'finance' });
    for (const typed of ['cash', 'MONEY', 'billing', 'fin']) {
      expect(await whoKnows(deps, root, typed)).toMatchObject({ expertise: { name: 'Finance' } });
    }
    expect((await findExpertise(deps.db, 'T1', 'money'))?.name).toBe('Finance');
    expect(await listExpertiseByIds(deps.db, 'T1', ['money', 'billing', 'finance'])).toHaveLength(1);
    expect(await listExpertiseByIds(deps.db, 'T2', ['money'])).toEqual([]);
  });

  it('gives an old name up to a new one', async () => {
    await mergeExpertise(deps, root, ids);
    await newExpertise(deps, root, { name: 'Money', description: '', operators: [] });
    expect(await whoKnows(deps, root, 'money')).toMatchObject({ expertise: { name: 'Money' } });
  });

  it('is what a form that was open before gives, and a form of the one that went changes nothing', async () => {
    await makePerson(deps.db, 'UANA');
    await mergeExpertise(deps, root, ids);
    const saved = await savePreferences(
      deps,
      { workspaceId: 'T1', userId: 'UANA' },
      { version: 0, pause: 'keep', expertise: { add: ['money'], remove: ['billing'] }, desks: { add: [], remove: [] } },
    );
    expect(saved.goneExpertise).toEqual([]);
    expect(await holders()).toEqual(['UANA']);
    const editing = editExpertise(deps, root, {
      expertiseId: 'money',
      version: 1,
      name: { from: 'Money', to: 'Gold' },
      operators: { add: [], remove: ['UANA'] },
    });
    await expect(editing).rejects.toMatchObject({ code: 'gone', message: expect.stringContaining('into “Billing”') });
    expect(await holders()).toEqual(['UANA']);
    expect(await expertiseForm(deps, root, { id: 'money' })).toMatchObject({ name: 'Billing' });
  });

  it('is what conversations and requests are linked to from then on; what was deleted is left out', async () => {
    await mergeExpertise(deps, root, ids);
    await conversation('late', ['money', 'billing', 'deleted'], ['money', 'deleted']);
    expect(await listConversationExpertise(deps.db, 'late')).toEqual([{ id: 'billing', name: 'Billing' }]);
    expect((await listWanted(deps.db, ['rlate'])).get('rlate')).toEqual([{ id: 'billing', name: 'Billing' }]);
  });

  it('is shown before anything happens, by names that may hold an “into” themselves', async () => {
    await makeExpertise(deps.db, 'Moving into the cloud', { id: 'cloud' });
    expect(await mergeByText(deps, root, '"Money" INTO “billing”')).toMatchObject({
      from: { id: 'money' },
      into: { id: 'billing' },
    });
    expect(await mergeByText(deps, root, 'Moving into the cloud into Money')).toMatchObject({
      from: { id: 'cloud' },
      into: { id: 'money' },
    });
    expect(await mergeByText(deps, root, 'Money into moving into the cloud')).toMatchObject({ into: { id: 'cloud' } });
    expect(await mergeByText(deps, root, 'Money into')).toMatchObject({ catalogue: { kind: 'all' } });
    expect(await mergeByText(deps, root, 'Money')).toMatchObject({ catalogue: { kind: 'all' } });
    expect(await listExpertise(deps.db, 'T1')).toHaveLength(3);
  });

  it.each([
    ['Money into money', 'invalid'],
    ['Money into Nothing', 'not_found'],
    ['Nothing into Money', 'not_found'],
    ['into Money', 'invalid'],
    ['', 'invalid'],
  ])('refuses “%s”', async (typed, code) => {
    await expect(mergeByText(deps, root, typed)).rejects.toMatchObject({ code });
  });

  it('refuses to merge where there is no other, one into itself, and what was deleted meanwhile', async () => {
    await expect(mergePlan(deps, root, { fromId: 'money', intoId: 'money' })).rejects.toMatchObject({ field: 'into' });
    await expect(mergeExpertise(deps, root, { fromId: 'money', intoId: 'money' })).rejects.toMatchObject({
      code: 'invalid',
    });
    await deleteExpertise(deps, root, { expertiseId: 'billing', seen: nothing });
    await expect(mergeExpertise(deps, root, ids)).rejects.toMatchObject({ code: 'gone' });
    await expect(mergeForm(deps, root, 'money')).rejects.toMatchObject({ code: 'not_found' });
    await expect(mergeForm(deps, root, 'billing')).rejects.toMatchObject({ code: 'gone' });
    expect(await listExpertise(deps.db, 'T1')).toHaveLength(1);
  });

  it('is for administrators', async () => {
    await makePerson(deps.db, 'UANA');
    const ana = { workspaceId: 'T1', userId: 'UANA' };
    const verbs = [
      () => mergeByText(deps, ana, 'Money into Billing'),
      () => mergeForm(deps, ana, 'money'),
      () => mergePlan(deps, ana, ids),
      () => mergeExpertise(deps, ana, ids),
      () => deletionOf(deps, ana, { id: 'money' }),
      () => deleteExpertise(deps, ana, { expertiseId: 'money', seen: nothing }),
    ];
    for (const verb of verbs) await expect(verb()).rejects.toMatchObject({ code: 'not_allowed' });
  });

  it('cannot be reached from another workspace', async () => {
    await makeWorkspace(deps.db, 'T2');
    await makeAdministrator(deps.db, 'UROOT', { workspaceId: 'T2' });
    const there = { workspaceId: 'T2', userId: 'UROOT' };
    await expect(mergeExpertise(deps, there, ids)).rejects.toMatchObject({ code: 'gone' });
    await expect(deleteExpertise(deps, there, { expertiseId: 'money', seen: nothing })).rejects.toMatchObject({
      code: 'gone',
    });
  });

  it('shows where it is used before it is deleted, and then is gone everywhere', async () => {
    await makeAgent(deps.db, 'UANA', { expertise: ['money'] });
    await makeAgent(deps.db, 'UGONE', { expertise: ['money'], person: { isDeactivated: true } });
    await conversation('one', ['money'], ['money', 'billing']);
    await conversation('two', ['money']);
    await deps.db('conversations').where({ id: 'two' }).update({ closed_at: deps.now().toISOString() });
    const { counts, people, conversations, requests } = await deletionOf(deps, root, { name: 'mon' });
    expect(counts).toEqual({ people: 1, conversations: 1, requests: 1 });
    expect({ people, channels: [...conversations, ...requests].map(({ channelId }) => channelId) }).toEqual({
      people: ['UANA'],
      channels: ['Cone', 'Cone'],
    });
    expect((await deleteExpertise(deps, root, { expertiseId: 'money', seen: counts })).kind).toBe('deleted');
    expect(await listExpertise(deps.db, 'T1')).toHaveLength(1);
    expect((await listWanted(deps.db, ['rone'])).get('rone')).toEqual([{ id: 'billing', name: 'Billing' }]);
    expect(await noticesOf(deps.db)).toEqual([{ kind: 'help.card', conversationId: 'one', requestId: 'rone' }]);
    await expect(deleteExpertise(deps, root, { expertiseId: 'money', seen: counts })).rejects.toMatchObject({
      code: 'gone',
    });
  });

  it('is not deleted when it is used in more places than the person saw', async () => {
    const { counts } = await deletionOf(deps, root, { id: 'money' });
    await makeAgent(deps.db, 'UANA', { expertise: ['money'] });
    const answer = await deleteExpertise(deps, root, { expertiseId: 'money', seen: counts });
    expect(answer).toMatchObject({ kind: 'used_more', usage: { counts: { people: 1 } } });
    expect(await holders('money')).toEqual(['UANA']);
  });

  it('moves five thousand people', async () => {
    await makeCrowd(deps.db, 5000, 'money');
    const plan = await mergeExpertise(deps, root, ids);
    expect(plan.newPeople).toBe(5000);
    expect(await expertiseForm(deps, root, { id: 'billing' })).toMatchObject({
      operators: undefined,
      operatorCount: 5000,
    });
    expect((await deletionOf(deps, root, { id: 'billing' })).counts.people).toBe(5000);
  });
});

describeShared('one expertise of two, by several at once,', (on, another) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await twoOf(deps);
  });

  it('merges crosswise once', async () => {
    const merges = await Promise.allSettled([
      mergeExpertise(deps, root, ids),
      mergeExpertise(another(), root, { fromId: 'billing', intoId: 'money' }),
    ]);
    expect(merges.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(merges.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'gone' } });
    expect(await listExpertise(deps.db, 'T1')).toHaveLength(1);
  });

  it.each(Array.from({ length: 5 }, (_, round) => round))(
    'gives what is being deleted or merged to nobody, or as what it is now (%i)',
    async () => {
      await makeAgent(deps.db, 'UANA');
      const ana = { workspaceId: 'T1', userId: 'UANA' };
      const chosen = { add: ['money'], remove: [] };
      const form = { version: 1, pause: 'keep', expertise: chosen, desks: { add: [], remove: [] } } as const;
      const [deleted, merged, saved, assigned] = await Promise.allSettled([
        deleteExpertise(deps, root, { expertiseId: 'money', seen: nothing }),
        mergeExpertise(deps, root, ids),
        savePreferences(deps, ana, form),
        assign(deps, root, { userIds: ['UANA'], name: 'Money' }),
      ]);
      expect(saved.status).toBe('fulfilled');
      const codes = [deleted, merged, assigned].flatMap((outcome) =>
        outcome.status === 'rejected' ? [(outcome.reason as { code?: string }).code ?? 'a bug'] : [],
      );
      expect(codes.filter((code) => code !== 'gone' && code !== 'not_found')).toEqual([]);
      const rows = await deps.db('agent_expertise').select<{ expertise_id: string }[]>('expertise_id');
      const catalogue = (await listExpertise(deps.db, 'T1')).map(({ id }) => id);
      expect(rows.filter((row) => !catalogue.includes(row.expertise_id))).toEqual([]);
    },
  );
});
