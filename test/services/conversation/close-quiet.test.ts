import { beforeEach, expect, it } from '@jest/globals';
import { closeQuiet } from '../../../src/services/conversation/close-quiet.ts';
import { noteMessage } from '../../../src/services/conversation/note-message.ts';
import { openConversation } from '../../../src/services/conversation/open.ts';
import { askForHelp } from '../../../src/services/help/ask.ts';
import { stampOf } from '../../support/help.ts';
import { channel, makeAgent, makeDesk, makePerson, makeWorkspace, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const ana = { workspaceId: 'T1', userId: 'UANA' };

describeOnBoth('a conversation in which nothing happens', (on) => {
  let deps: TestDeps;
  beforeEach(async () => {
    deps = on();
    await makeWorkspace(deps.db);
    await makeDesk(deps.db);
    await makeAgent(deps.db, 'UANA', { desks: ['support'] });
    await makePerson(deps.db, 'UGUS', { isGuest: true });
    deps.slack.facts.channels.set('C1', channel('C1'));
    deps.slack.facts.members.set('C1', ['UANA', 'UGUS']);
    await openConversation(deps, ana, { channelId: 'C1' });
  });

  const rules = (change: object) => deps.db('desks').update(change);
  const writes = (userId: string) =>
    noteMessage(deps, { workspaceId: 'T1', channelId: 'C1', threadTs: '', ts: stampOf(deps), userId });
  const row = () => deps.db('conversations').first<object>();

  it('closes itself after the desk’s days, and everybody in it is free; nobody is told', async () => {
    deps.clock.advance({ days: 6, hours: 23 });
    expect(await closeQuiet(deps)).toBe(0);
    deps.clock.advance({ hours: 2 });
    expect(await closeQuiet(deps)).toBe(1);
    expect(await row()).toMatchObject({ status: '', outcome: 'never_answered', closed_by: '' });
    expect(await deps.db('seats').first()).toMatchObject({ state: 'left' });
    expect(await noticesOf(deps.db)).toEqual([]);
    expect(await closeQuiet(deps)).toBe(0);
  });

  it('went well when its agent wrote', async () => {
    await writes('UANA');
    deps.clock.advance({ days: 8 });
    await closeQuiet(deps);
    expect(await row()).toMatchObject({ outcome: 'success' });
  });

  it('stays open after a message, a request for help, or where the desk never closes', async () => {
    deps.clock.advance({ days: 5 });
    await writes('UGUS');
    deps.clock.advance({ days: 5 });
    expect(await closeQuiet(deps)).toBe(0);
    await askForHelp(deps, ana, { channelId: 'C1', expertiseIds: [], note: '' });
    deps.clock.advance({ days: 5 });
    expect(await closeQuiet(deps)).toBe(0);
    await rules({ quiet_days: 0 });
    deps.clock.advance({ days: 500 });
    expect(await closeQuiet(deps)).toBe(0);
    await rules({ quiet_days: 30 });
    expect(await closeQuiet(deps)).toBe(1);
    expect(await deps.db('help_requests').first()).toMatchObject({ state: 'closed' });
  });
});
