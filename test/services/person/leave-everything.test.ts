import { beforeEach, expect, it } from '@jest/globals';
import { openConversation } from '../../../src/services/conversation/open.ts';
import { editDesk } from '../../../src/services/desk/edit.ts';
import { arrive } from '../../../src/services/help/arrive.ts';
import { askForHelp } from '../../../src/services/help/ask.ts';
import { join } from '../../../src/services/help/join.ts';
import { due } from '../../../src/services/due.ts';
import { meet } from '../../../src/services/person/meet.ts';
import { noteGone, notePerson } from '../../../src/services/person/note.ts';
import { addConversationExpertise } from '../../../src/store/conversation-expertise.ts';
import { listDesksOf } from '../../../src/store/desks.ts';
import { claimTimers } from '../../../src/store/timers.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import {
  channel,
  makeAdministrator,
  makeAgent,
  makeDesk,
  makeExpertise,
  makePerson,
  makeWorkspace,
  person,
  type TestDeps,
} from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const ana = { workspaceId: 'T1', userId: 'UANA' };
const ben = { workspaceId: 'T1', userId: 'UBEN' };

describeOnBoth('somebody who is no longer a full member', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db);
    await makeDesk(deps.db, 'Support', { helpChannelId: 'CHELP' });
    await makeDesk(deps.db, 'Billing team');
    await makeExpertise(deps.db, 'Billing');
    await makeExpertise(deps.db, 'Refunds');
    await makeAdministrator(deps.db, 'UROOT');
    await makeAdministrator(deps.db, 'UZOE');
    await makeAgent(deps.db, 'UANA', { desks: ['support', 'billing team'], expertise: ['billing', 'refunds'] });
    await makeAgent(deps.db, 'UBEN', { desks: ['support'], expertise: ['billing'] });
    await makePerson(deps.db, 'UGUS', { isGuest: true });
    deps.slack.facts.members.set('CHELP', ['UBEN']);
    for (const id of ['C1', 'C2']) {
      deps.slack.facts.channels.set(id, channel(id));
      deps.slack.facts.members.set(id, ['UANA', 'UBEN', 'UGUS']);
    }
  });

  const opened = async (channelId: string, actor = ana): Promise<string> =>
    (await openConversation(deps, actor, { channelId })).conversationId;
  const leaves = (userId: string, how: 'isDeactivated' | 'isGuest' = 'isDeactivated') =>
    notePerson(deps, 'T1', person(userId, { [how]: true }));
  const told = async (): Promise<Notice[]> => (await noticesOf(deps.db)).filter(({ kind }) => kind === 'person.gone');
  const taken = async (): Promise<string[]> => {
    const rows = await deps
      .db('seats')
      .whereNull('left_at')
      .orderBy('user_id')
      .select<{ user_id: string }[]>('user_id');
    return rows.map((row) => row.user_id);
  };

  it.each(['isDeactivated', 'isGuest'] as const)(
    'is out of every conversation and off every desk (%s)',
    async (how) => {
      await opened('C1');
      await opened('C2');
      await leaves('UANA', how);
      expect(await taken()).toEqual([]);
      expect(await listDesksOf(deps.db, 'T1', 'UANA')).toEqual([]);
    },
  );

  it('is found out when Slack is asked who they are, if its event was missed; nothing is lost when Slack is silent then', async () => {
    const conversationId = await opened('C1');
    deps.slack.facts.members.set('CHELP', ['UANA', 'UBEN']);
    deps.clock.advance({ days: 2 });
    deps.slack.facts.people.set('UANA', person('UANA', { isGuest: true }));
    deps.slack.silent.add('members');
    await meet(deps, 'T1', ['UANA']);
    expect(await noticesOf(deps.db)).toContainEqual({ kind: 'person.withdrawn', userId: 'UANA' });
    const runTimers = async () => {
      deps.clock.advance({ minutes: 10 });
      for (const timer of await claimTimers(deps.db, { now: deps.now(), leaseMs: 60_000, limit: 20 })) {
        if (timer.kind === 'person.gone') await due(deps, timer);
      }
    };
    await expect(runTimers()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await taken()).toEqual(['UANA']);
    deps.slack.silent.clear();
    await runTimers();
    expect(await taken()).toEqual([]);
    expect(await listDesksOf(deps.db, 'T1', 'UANA')).toEqual([]);
    expect(await deps.db('desks').where({ id: 'support' }).pluck('help_channel_id')).toEqual(['']);
    expect(await told()).toMatchObject([{ conversationIds: [conversationId] }, { conversationIds: [conversationId] }]);
  });

  it('is in everything again when Slack says so before that', async () => {
    await opened('C1');
    deps.clock.advance({ days: 2 });
    deps.slack.facts.people.set('UANA', person('UANA', { isGuest: true }));
    await meet(deps, 'T1', ['UANA']);
    await notePerson(deps, 'T1', person('UANA'));
    await noteGone(deps, 'T1', 'UANA');
    expect(await taken()).toEqual(['UANA']);
  });

  it('leaves a conversation that looks for help by itself, for what it is about, and the first call is due at once', async () => {
    const conversationId = await opened('C1');
    await addConversationExpertise(deps.db, conversationId, ['billing']);
    await leaves('UANA');
    expect(await deps.db('conversations').first()).toMatchObject({ status: 'looking_for_help' });
    const request = await deps.db('help_requests').first<{ id: string }>();
    expect(request).toMatchObject({ asked_by: '', state: 'open', card_channel_id: 'CHELP' });
    expect(await deps.db('help_request_expertise').first()).toMatchObject({ expertise_id: 'billing' });
    expect(await noticesOf(deps.db)).toContainEqual({ kind: 'help.card', conversationId, requestId: request.id });
    const timers = await claimTimers(deps.db, { now: deps.now(), leaseMs: 1000, limit: 5 });
    expect(timers).toMatchObject([{ kind: 'help.round', subjectId: request.id }]);
  });

  it('is told of once to every administrator: conversations without anybody, and what nobody knows', async () => {
    const conversationId = await opened('C1');
    await leaves('UANA', 'isGuest');
    await leaves('UANA', 'isGuest');
    const message = { kind: 'person.gone', goneId: 'UANA', reason: 'guest', conversationIds: [conversationId] };
    const also = { expertiseIds: ['refunds'], deskIds: [] };
    expect(await told()).toEqual([
      { ...message, ...also, userId: 'UROOT' },
      { ...message, ...also, userId: 'UZOE' },
    ]);
  });

  it('made a guest in a help channel: it is none any more, before anything is posted there', async () => {
    await opened('C1');
    deps.slack.facts.members.set('CHELP', ['UANA', 'UBEN']);
    deps.slack.silent.add('members');
    await expect(leaves('UANA', 'isGuest')).rejects.toMatchObject({ code: 'unavailable' });
    expect(await taken()).toEqual(['UANA']);
    deps.slack.silent.clear();
    await leaves('UANA', 'isGuest');
    expect(await deps.db('desks').where({ id: 'support' }).first()).toMatchObject({ help_channel_id: '' });
    expect(await deps.db('help_requests').first()).toMatchObject({ card_channel_id: '' });
    expect((await noticesOf(deps.db)).filter(({ kind }) => kind === 'help_channel.dropped')).toHaveLength(2);
  });

  it('is not told of where nothing is left behind', async () => {
    await leaves('UBEN');
    await leaves('UGUS');
    expect(await told()).toEqual([]);
  });

  it('does not make a conversation look for help in which a colleague is', async () => {
    await opened('C1');
    const { requestId } = await askForHelp(deps, ana, { channelId: 'C1', expertiseIds: [], note: '' });
    await join(deps, ben, { requestId });
    const seat = await deps.db('seats').where({ user_id: 'UBEN' }).first<{ id: string }>();
    await arrive(deps, 'T1', seat.id);
    await leaves('UANA');
    expect(await taken()).toEqual(['UBEN']);
    expect(await deps.db('conversations').first()).toMatchObject({ status: 'in_progress' });
  });

  it('who was on the way in does not arrive: the request is open again with its age', async () => {
    await opened('C1');
    const { requestId } = await askForHelp(deps, ana, { channelId: 'C1', expertiseIds: [], note: '' });
    await join(deps, ben, { requestId });
    await leaves('UBEN');
    expect(await deps.db('help_requests').first()).toMatchObject({ id: requestId, state: 'open', asked_by: 'UANA' });
    expect(await deps.db('seats').where({ user_id: 'UBEN' }).first()).toMatchObject({ state: 'refused' });
    expect(await deps.db('conversations').first()).toMatchObject({ status: 'looking_for_help' });
  });

  it('who asked for help asks no more: Beckon does', async () => {
    await opened('C1');
    const { requestId } = await askForHelp(deps, ana, { channelId: 'C1', expertiseIds: ['billing'], note: '' });
    await leaves('UANA');
    const requests = await deps.db('help_requests').select();
    expect(requests).toMatchObject([{ id: requestId, state: 'open', asked_by: '' }]);
  });

  it('is no desk’s fallback any more, and administrators read which one needs another', async () => {
    await deps.db('desks').where({ id: 'support' }).update({ fallback_id: 'UBEN' });
    await leaves('UBEN');
    expect(await deps.db('desks').where({ id: 'support' }).first()).toMatchObject({ fallback_id: '' });
    expect(await told()).toMatchObject([{ deskIds: ['support'] }, { deskIds: ['support'] }]);
  });

  it('differs from somebody taken off a desk, whose conversations stay theirs', async () => {
    await opened('C1');
    await editDesk(
      deps,
      { workspaceId: 'T1', userId: 'UROOT' },
      {
        deskId: 'support',
        version: 1,
        agents: { add: [], remove: ['UANA'] },
        shown: ['UANA', 'UBEN'],
      },
    );
    expect(await taken()).toEqual(['UANA']);
    expect(await deps.db('conversations').first()).toMatchObject({ status: 'in_progress', closed_at: null });
    expect(await told()).toEqual([]);
  });
});
