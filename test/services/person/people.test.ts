import { beforeEach, describe, expect, it } from '@jest/globals';
import { checkHelpChannelMember, dropHelpChannel } from '../../../src/services/desk/drop-help-channel.ts';
import { meet } from '../../../src/services/person/meet.ts';
import { noteDnd, notePerson } from '../../../src/services/person/note.ts';
import { welcome } from '../../../src/services/person/welcome.ts';
import { requireAdministrator, requireAgent, requireMember } from '../../../src/services/rights.ts';
import { findPerson } from '../../../src/store/people.ts';
import { actor } from '../../support/help.ts';
import {
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

describeOnBoth('people', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db, 'T1');
    await makeWorkspace(deps.db, 'T2');
  });

  const helpChannels = () => deps.db('desks').orderBy('id').pluck('help_channel_id');
  const peopleAsked = () => deps.slack.asked.filter(({ read }) => read === 'people').flatMap(({ ids }) => ids);

  describe('are met', () => {
    it('by asking Slack for those who are missing or older than a day, all at once', async () => {
      await makePerson(deps.db, 'UOLD');
      deps.clock.advance({ hours: 24, milliseconds: 1 });
      await makePerson(deps.db, 'UFRESH', { now: deps.now() });
      deps.slack.facts.people.set('UOLD', person('UOLD', { isGuest: true }));
      deps.slack.facts.people.set('UNEW', person('UNEW'));
      const known = await meet(deps, 'T1', ['UOLD', 'UFRESH', 'UNEW', 'UHIDDEN']);
      expect(peopleAsked()).toEqual(['UOLD', 'UNEW', 'UHIDDEN']);
      expect(known.get('UOLD')?.isGuest).toBe(true);
      expect(known.has('UNEW')).toBe(true);
      expect(known.has('UHIDDEN')).toBe(false);
    });

    it('as they were known when Slack is silent', async () => {
      await makePerson(deps.db, 'UOLD');
      deps.clock.advance({ days: 2 });
      deps.slack.silent.add('people');
      expect((await meet(deps, 'T1', ['UOLD', 'UNEW'])).size).toBe(1);
    });

    it('without a question when everybody is known', async () => {
      await makePerson(deps.db, 'UANA');
      deps.clock.advance({ hours: 24 });
      await meet(deps, 'T1', ['UANA']);
      await meet(deps, 'T1', []);
      expect(peopleAsked()).toEqual([]);
    });
  });

  it('are mirrored by events when they were met before, never otherwise', async () => {
    await makePerson(deps.db, 'UANA');
    deps.clock.advance({ hours: 30 });
    await notePerson(deps, 'T1', person('UANA', { isDeactivated: true }));
    await notePerson(deps, 'T1', person('USTRANGER'));
    await notePerson(deps, 'T2', person('UANA'));
    expect(await findPerson(deps.db, 'T1', 'UANA')).toMatchObject({
      isDeactivated: true,
      readAt: deps.now().toISOString(),
    });
    expect(await deps.db('people').pluck('user_id')).toEqual(['UANA']);
    await noteDnd(deps, 'T1', 'UANA', { startsAt: 'a', endsAt: 'b' });
    expect(await findPerson(deps.db, 'T1', 'UANA')).toMatchObject({ dndStartsAt: 'a', dndEndsAt: 'b' });
  });

  it('are welcomed with what is still theirs', async () => {
    await makeDesk(deps.db);
    await makeExpertise(deps.db, 'Billing');
    const given = { expertiseIds: ['billing', 'deleted'], deskIds: ['support', 'deleted'] };
    expect(await welcome(deps, 'T1', given)).toEqual({ expertise: ['Billing'], desks: ['Support'] });
    expect(await welcome(deps, 'T2', given)).toEqual({ expertise: [], desks: [] });
  });

  describe('may do', () => {
    beforeEach(async () => {
      await makeDesk(deps.db);
      await makeAgent(deps.db, 'UANA', { desks: ['support'] });
      await makeAdministrator(deps.db, 'UROOT');
      await makePerson(deps.db, 'UMIA');
      await makePerson(deps.db, 'UGUS', { isGuest: true });
      await makeAdministrator(deps.db, 'UOUT', { isOutsider: true });
      await makeAgent(deps.db, 'UGONE', { desks: ['support'], person: { isDeactivated: true } });
    });

    it.each([
      ['UMIA', [true, false, false]],
      ['UANA', [true, true, false]],
      ['UROOT', [true, true, true]],
      ['UGUS', [false, false, false]],
      ['UOUT', [false, false, false]],
      ['UGONE', [false, false, false]],
      ['UNEVERMET', [false, false, false]],
    ])('%s: as member, agent, administrator %j', async (userId, expected) => {
      const answers = await Promise.allSettled(
        [requireMember, requireAgent, requireAdministrator].map((require) => require(deps.db, actor(userId))),
      );
      expect(answers.map(({ status }) => status === 'fulfilled')).toEqual(expected);
      const elsewhere = await Promise.allSettled([requireMember(deps.db, actor(userId, 'T2'))]);
      expect(elsewhere).toMatchObject([{ status: 'rejected', reason: { code: 'unavailable' } }]);
    });

    it('as a refusal says who can help', async () => {
      await expect(requireAdministrator(deps.db, actor('UANA'))).rejects.toThrow('Root');
      await deps.db('people').where({ is_slack_admin: 1 }).delete();
      await expect(requireAdministrator(deps.db, actor('UANA'))).rejects.toThrow('Ask an admin');
    });
  });

  describe('who come into a help channel', () => {
    beforeEach(async () => {
      await makeDesk(deps.db, 'Support', { helpChannelId: 'CHELP' });
      await makeDesk(deps.db, 'Far', { helpChannelId: 'CHELP' });
      await makeDesk(deps.db, 'Other', { helpChannelId: 'COTHER' });
      await makeDesk(deps.db, 'Support', { helpChannelId: 'CHELP', workspaceId: 'T2', id: 'support2' });
      await makeAdministrator(deps.db, 'UROOT');
      await makeAdministrator(deps.db, 'UROOT', { workspaceId: 'T2' });
    });

    it.each([
      ['a guest', { isGuest: true }],
      ['somebody from another organization', { isOutsider: true }],
    ])('as %s make it none for every desk, and administrators read of it', async (_what, facts) => {
      deps.slack.facts.people.set('UNEW', person('UNEW', facts));
      await checkHelpChannelMember(deps, 'T1', 'CHELP', 'UNEW');
      expect(await helpChannels()).toEqual(['', 'COTHER', '', 'CHELP']);
      const told = { kind: 'help_channel.dropped', userId: 'UROOT', channelId: 'CHELP', reason: 'guest' };
      expect(await noticesOf(deps.db)).toEqual([
        expect.objectContaining({ ...told, deskId: 'far' }),
        expect.objectContaining({ ...told, deskId: 'support' }),
      ]);
      expect(await noticesOf(deps.db, 'T2')).toEqual([]);
    });

    it('as colleagues or bots change nothing; of whom Slack says nothing it is asked again', async () => {
      deps.slack.facts.people.set('UNEW', person('UNEW'));
      deps.slack.facts.people.set('UBOT', person('UBOT', { isBot: true }));
      for (const userId of ['UNEW', 'UBOT']) await checkHelpChannelMember(deps, 'T1', 'CHELP', userId);
      await expect(checkHelpChannelMember(deps, 'T1', 'CHELP', 'UHIDDEN')).rejects.toMatchObject({
        code: 'unavailable',
      });
      expect(await helpChannels()).toEqual(['CHELP', 'COTHER', 'CHELP', 'CHELP']);
    });

    it('are not asked for when it is no help channel', async () => {
      await checkHelpChannelMember(deps, 'T1', 'CELSE', 'UNEW');
      expect(deps.slack.asked).toEqual([]);
    });

    it.each(['shared', 'archived'] as const)('find none when it is %s, told once', async (reason) => {
      await dropHelpChannel(deps, 'T1', 'CHELP', reason);
      await dropHelpChannel(deps, 'T1', 'CHELP', reason);
      expect(await helpChannels()).toEqual(['', 'COTHER', '', 'CHELP']);
      expect(await noticesOf(deps.db)).toHaveLength(2);
    });
  });
});
