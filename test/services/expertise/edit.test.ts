import { beforeEach, expect, it } from '@jest/globals';
import { editExpertise, type ExpertiseChange } from '../../../src/services/expertise/edit.ts';
import { findExpertiseByText } from '../../../src/services/expertise/find.ts';
import { expertiseForm } from '../../../src/services/expertise/form.ts';
import { newExpertise } from '../../../src/services/expertise/new.ts';
import { insertAgents } from '../../../src/store/agents.ts';
import { insertConversation } from '../../../src/store/conversations.ts';
import { findExpertise, giveExpertise } from '../../../src/store/expertise.ts';
import { endRequest, insertRequest } from '../../../src/store/help-requests.ts';
import { addRequestExpertise } from '../../../src/store/wanted-expertise.ts';
import { listHolders } from '../../../src/store/holders.ts';
import {
  makeAdministrator,
  makeAgent,
  makeDesk,
  makeExpertise,
  makePerson,
  makeWorkspace,
  type TestDeps,
} from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const root = { workspaceId: 'T1', userId: 'UROOT' };

describeOnBoth('editing an expertise', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db);
    await makeAdministrator(deps.db, 'UROOT');
    await makeExpertise(deps.db, 'Billing', { description: 'Money' });
    await makeAgent(deps.db, 'UANA', { expertise: ['billing'] });
  });

  const edit = (change: Partial<ExpertiseChange>) =>
    editExpertise(deps, root, {
      expertiseId: 'billing',
      version: 1,
      operators: { add: [], remove: [] },
      shown: ['UANA'],
      ...change,
    });
  const holders = async () => (await listHolders(deps.db, 'T1', 'billing', 99)).map(({ userId }) => userId);

  it('keeps the old name, until another expertise is given it', async () => {
    await edit({ name: { from: 'Billing', to: 'Invoices' } });
    expect((await findExpertiseByText(deps.db, 'T1', 'BILLING')).name).toBe('Invoices');
    const other = await newExpertise(deps, root, { name: 'Billing', description: '', operators: [] });
    expect((await findExpertiseByText(deps.db, 'T1', 'billing')).id).toBe(other.id);
  });

  it('shows its new name on the cards of open requests, where it was renamed', async () => {
    await makeDesk(deps.db);
    const place = { workspaceId: 'T1', deskId: 'support', status: 'looking_for_help', openedBy: 'UROOT' } as const;
    for (const id of ['c1', 'c2']) {
      await insertConversation(deps.db, { ...place, id, channelId: id, threadTs: '', now: deps.now() });
      const asked = { workspaceId: 'T1', askedBy: 'UROOT', note: '', cardChannelId: 'CHELP', now: deps.now() };
      await insertRequest(deps.db, { ...asked, id: `r-${id}`, conversationId: id });
      await addRequestExpertise(deps.db, `r-${id}`, ['billing']);
    }
    await endRequest(deps.db, 'r-c2', 'withdrawn', deps.now());
    await edit({ description: { from: 'Money', to: 'Invoices' } });
    expect(await noticesOf(deps.db)).toEqual([]);
    await edit({ version: 2, name: { from: 'Billing', to: 'Invoices' } });
    expect(await noticesOf(deps.db)).toEqual([{ kind: 'help.card', conversationId: 'c1', requestId: 'r-c1' }]);
  });

  it('gives a name back to the one that had it', async () => {
    await edit({ name: { from: 'Billing', to: 'Invoices' } });
    await edit({ version: 2, name: { from: 'Invoices', to: 'billing' } });
    expect((await findExpertiseByText(deps.db, 'T1', 'Billing')).name).toBe('billing');
    expect((await findExpertiseByText(deps.db, 'T1', 'Invoices')).name).toBe('billing');
  });

  it('may change how its own name is written', async () => {
    const { expertise } = await edit({ name: { from: 'Billing', to: 'BILLING' } });
    expect(expertise.name).toBe('BILLING');
  });

  it('refuses the name of another one', async () => {
    await makeExpertise(deps.db, 'Shipping');
    await expect(edit({ name: { from: 'Billing', to: 'shipping' } })).rejects.toMatchObject({
      code: 'duplicate',
      field: 'name',
    });
  });

  it('applies the difference of its operators, so that what others did meanwhile stays', async () => {
    await makePerson(deps.db, 'UBEN');
    await makePerson(deps.db, 'UCLEO');
    await insertAgents(deps.db, 'T1', ['UCLEO']);
    await giveExpertise(deps.db, 'T1', ['billing'], ['UCLEO']);
    const { changedMeanwhile } = await edit({ operators: { add: ['UBEN'], remove: ['UANA'] } });
    expect(await holders()).toEqual(['UBEN', 'UCLEO']);
    expect(changedMeanwhile).toBe(true);
  });

  it('saves only what this person changed, and says what both did', async () => {
    await edit({ name: { from: 'Billing', to: 'Invoices' } });
    const { expertise, stayed, changedMeanwhile } = await edit({
      name: { from: 'Billing', to: 'Accounting' },
      description: { from: 'Money', to: 'Money and more' },
    });
    expect(expertise).toMatchObject({ name: 'Invoices', description: 'Money and more' });
    expect({ stayed, changedMeanwhile }).toEqual({ stayed: ['name'], changedMeanwhile: true });
  });

  it('says nothing when nobody else changed anything', async () => {
    const { stayed, changedMeanwhile } = await edit({ description: { from: 'Money', to: '' } });
    expect({ stayed, changedMeanwhile }).toEqual({ stayed: [], changedMeanwhile: false });
  });

  it('of one that was deleted is refused as gone', async () => {
    await deps.db('expertise').delete();
    await expect(edit({})).rejects.toMatchObject({ code: 'gone' });
  });

  it('of another workspace is not possible', async () => {
    await makeWorkspace(deps.db, 'T2');
    await makeAdministrator(deps.db, 'UROOT', { workspaceId: 'T2' });
    const editing = editExpertise(
      deps,
      { workspaceId: 'T2', userId: 'UROOT' },
      {
        expertiseId: 'billing',
        version: 1,
        name: { from: 'Billing', to: 'Stolen' },
        operators: { add: [], remove: [] },
      },
    );
    await expect(editing).rejects.toMatchObject({ code: 'gone' });
    expect((await findExpertise(deps.db, 'T1', 'billing'))?.name).toBe('Billing');
  });

  it('refuses people who cannot be agents, and then saves nothing', async () => {
    await makePerson(deps.db, 'UGUS', { isGuest: true });
    const editing = edit({ description: { from: 'Money', to: 'x' }, operators: { add: ['UGUS'], remove: [] } });
    await expect(editing).rejects.toMatchObject({ field: 'operators' });
    const large = edit({ operators: { add: ['UGUS'], remove: [] }, shown: undefined });
    await expect(large).rejects.toMatchObject({ field: 'add' });
    expect((await findExpertise(deps.db, 'T1', 'billing'))?.description).toBe('Money');
  });

  it('shows operators up to fifty, and above that how many there are', async () => {
    const many = Array.from({ length: 50 }, (_, index) => `UX${String(index).padStart(2, '0')}`);
    for (const userId of many.slice(1)) await makeAgent(deps.db, userId, { expertise: ['billing'] });
    const small = await expertiseForm(deps, root, { name: 'bill' });
    expect(small.operators).toHaveLength(50);
    await makeAgent(deps.db, 'UONEMORE', { expertise: ['billing'] });
    const large = await expertiseForm(deps, root, { id: 'billing' });
    expect(large).toMatchObject({ operators: undefined, operatorCount: 51 });
  });
});
