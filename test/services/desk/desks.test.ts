import { beforeEach, expect, it } from '@jest/globals';
import { editDesk, type DeskChange } from '../../../src/services/desk/edit.ts';
import { deskForm, deskList, deskOf } from '../../../src/services/desk/list.ts';
import { newDesk, type NewDesk } from '../../../src/services/desk/new.ts';
import type { ChannelFacts } from '../../../src/services/deps.ts';
import { findAgent } from '../../../src/store/agents.ts';
import { findDesk, listDesks } from '../../../src/store/desks.ts';
import {
  channel,
  makeAdministrator,
  makeAgent,
  makeDesk,
  makePerson,
  makeWorkspace,
  person,
  type TestDeps,
} from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const root = { workspaceId: 'T1', userId: 'UROOT' };
const ana = { workspaceId: 'T1', userId: 'UANA' };

describeOnBoth('desks', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db);
    await makeAdministrator(deps.db, 'UROOT');
    await makePerson(deps.db, 'UANA');
  });

  const add = (desk: Partial<NewDesk>) =>
    newDesk(deps, root, { name: 'Billing', helpChannelId: '', agents: [], answerMinutes: 5, ...desk });
  const edit = (change: Partial<DeskChange>) =>
    editDesk(deps, root, { deskId: 'support', version: 1, agents: { add: [], remove: [] }, shown: [], ...change });
  const choosing = () => edit({ helpChannelId: { from: '', to: 'CHELP' } });
  const channelIs = (facts: Partial<ChannelFacts>, members: string[] = ['UBECKON', 'UANA']) => {
    deps.slack.facts.channels.set('CHELP', channel('CHELP', { name: 'support-help', ...facts }));
    deps.slack.facts.members.set('CHELP', members);
    deps.slack.facts.people.set('UBECKON', person('UBECKON', { isBot: true }));
  };

  it('of a fresh workspace are one, “Support”, with everything empty but the name', async () => {
    expect(await deskList(deps, root)).toEqual([
      { id: 'id1', name: 'Support', isDefault: true, helpChannelId: '', answerMinutes: 5, agents: 0 },
    ]);
  });

  it('are for administrators', async () => {
    await expect(deskList(deps, ana)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(deskForm(deps, ana, undefined)).rejects.toMatchObject({ code: 'not_allowed' });
    await makeDesk(deps.db);
    const editing = editDesk(deps, ana, { deskId: 'support', version: 1, agents: { add: [], remove: [] } });
    await expect(editing).rejects.toMatchObject({ code: 'not_allowed' });
  });

  it('can be added with a channel, agents and an answer time; the agents are told', async () => {
    channelIs({});
    const desk = await add({ helpChannelId: 'CHELP', agents: ['UANA', 'UROOT'], answerMinutes: 0 });
    expect(desk).toMatchObject({ name: 'Billing', isDefault: false, helpChannelId: 'CHELP', answerMinutes: 0 });
    expect((await deskForm(deps, root, desk.id)).agents).toEqual(['UANA', 'UROOT']);
    expect((await findAgent(deps.db, 'T1', 'UANA'))?.takes).toBe('any');
    expect(await noticesOf(deps.db)).toEqual([
      { kind: 'person.welcomed', userId: 'UANA', expertiseIds: [], deskIds: [desk.id] },
    ]);
    expect((await listDesks(deps.db, 'T1')).map(({ name }) => name)).toEqual(['Support', 'Billing']);
  });

  it.each([
    ['an empty name', { name: ' ' }, 'name'],
    ['a name that is taken', { name: 'SUPPORT' }, 'name'],
    ['a guest as agent', { agents: ['UGUS'] }, 'agents'],
    ['an answer time of 61 minutes', { answerMinutes: 61 }, 'answer_minutes'],
  ])('are refused with %s, at its field', async (_what, desk, field) => {
    await makeDesk(deps.db);
    await makePerson(deps.db, 'UGUS', { isGuest: true });
    await expect(add(desk)).rejects.toMatchObject({ field });
    expect(await listDesks(deps.db, 'T1')).toHaveLength(1);
  });

  it.each<[string, Partial<ChannelFacts>, string[], RegExp]>([
    ['a direct message', { kind: 'direct' }, [], /direct or group message/],
    ['a group message', { kind: 'group' }, [], /direct or group message/],
    ['archived', { isArchived: true }, [], /#support-help is archived/],
    ['shared with another organization', { isShared: true }, [], /shared with another organization/],
    ['a public one Beckon is not in', { isMember: false }, [], /\/invite @Beckon there, then save again/],
    ['a private one Beckon is not in', { isMember: false, isPrivate: true }, [], /\/invite @Beckon there/],
    ['one with a guest in it', {}, ['UANA', 'UGUS'], /Gus would read every request/],
    ['one with somebody from elsewhere in it', {}, ['UOUT', 'UGUS'], /Out and Gus would read/],
    ['one with somebody Slack says nothing of', {}, ['UANA', 'UNOBODY'], /Slack did not answer/],
  ])('take no help channel that is %s', async (_what, facts, members, message) => {
    await makeDesk(deps.db);
    await makePerson(deps.db, 'UGUS', { isGuest: true });
    await makePerson(deps.db, 'UOUT', { isOutsider: true });
    channelIs(facts, members);
    const refusal = { field: 'help_channel', message: expect.stringMatching(message) };
    await expect(choosing()).rejects.toMatchObject(refusal);
    await expect(add({ helpChannelId: 'CHELP' })).rejects.toMatchObject(refusal);
    expect((await findDesk(deps.db, 'T1', 'support'))?.helpChannelId).toBe('');
  });

  it('take no help channel Slack says nothing about, and say so', async () => {
    await makeDesk(deps.db);
    await expect(choosing()).rejects.toThrow(/cannot see this channel/);
    channelIs({});
    deps.slack.silent.add('members');
    await expect(choosing()).rejects.toMatchObject({ code: 'unavailable', field: 'help_channel' });
    deps.slack.silent.add('channel');
    await expect(choosing()).rejects.toMatchObject({ code: 'unavailable', field: 'help_channel' });
  });

  it('ask Slack nothing about a channel that was chosen before, nor when it is taken out', async () => {
    await makeDesk(deps.db, 'Support', { helpChannelId: 'CHELP' });
    await edit({ answerMinutes: { from: 5, to: 7 } });
    const { desk } = await edit({ version: 2, helpChannelId: { from: 'CHELP', to: '' } });
    expect(desk).toMatchObject({ helpChannelId: '', answerMinutes: 7 });
    expect(deps.slack.asked.filter(({ read }) => read !== 'people')).toEqual([]);
  });

  it('keep what others changed meanwhile, and say so', async () => {
    await makeDesk(deps.db);
    await makeAgent(deps.db, 'UBEN', { desks: ['support'] });
    await edit({ name: { from: 'Support', to: 'First line' }, shown: ['UBEN'] });
    const second = await edit({
      name: { from: 'Support', to: 'Helpers' },
      answerMinutes: { from: 5, to: 1 },
      agents: { add: ['UANA'], remove: [] },
      shown: [],
    });
    expect(second).toMatchObject({
      desk: { name: 'First line', answerMinutes: 1 },
      stayed: ['name'],
      changedMeanwhile: true,
    });
    expect((await deskForm(deps, root, 'support')).agents).toEqual(['UANA', 'UBEN']);
  });

  it('let agents go, who then are on none', async () => {
    await makeDesk(deps.db);
    await makeAgent(deps.db, 'UBEN', { desks: ['support'] });
    expect((await deskOf(deps.db, 'T1', 'UBEN'))?.name).toBe('Support');
    await edit({ agents: { add: [], remove: ['UBEN'] }, shown: ['UBEN'] });
    expect(await deskOf(deps.db, 'T1', 'UBEN')).toBeUndefined();
  });

  it('are no one’s own where somebody is on several', async () => {
    const [one, two] = [await makeDesk(deps.db), await makeDesk(deps.db, 'Billing')];
    await makeAgent(deps.db, 'UBEN', { desks: [one, two] });
    expect(await deskOf(deps.db, 'T1', 'UBEN')).toBeUndefined();
  });

  it('show agents up to fifty, and above that how many there are', async () => {
    const desk = await makeDesk(deps.db);
    for (let index = 0; index < 51; index += 1) await makeAgent(deps.db, `UX${index}`, { desks: [desk] });
    expect(await deskForm(deps, root, desk)).toMatchObject({ agents: undefined, agentCount: 51 });
  });

  it('have each name once when two are added at the same moment', async () => {
    const results = await Promise.allSettled([add({ name: 'Billing' }), add({ name: 'BILLING' })]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await listDesks(deps.db, 'T1')).length).toBe(2);
  });

  it('of another workspace cannot be seen or changed', async () => {
    await makeDesk(deps.db);
    await makeWorkspace(deps.db, 'T2');
    await makeAdministrator(deps.db, 'UROOT', { workspaceId: 'T2' });
    const elsewhere = { workspaceId: 'T2', userId: 'UROOT' };
    await expect(deskForm(deps, elsewhere, 'support')).rejects.toMatchObject({ code: 'gone' });
    const editing = editDesk(deps, elsewhere, { deskId: 'support', version: 1, agents: { add: [], remove: [] } });
    await expect(editing).rejects.toMatchObject({ code: 'gone' });
  });
});
