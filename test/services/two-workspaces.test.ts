/** Two workspaces whose people, channels and names have equal ids, as two Slack teams may: neither ever reads or changes the other's. */
import { beforeEach, expect, it } from '@jest/globals';
import {
  channelLost,
  channelMoved,
  channelRenamed,
  memberCame,
} from '../../src/services/conversation/channel-events.ts';
import { closeByHand } from '../../src/services/conversation/close.ts';
import { conversationsHere, openThreadsIn } from '../../src/services/conversation/find.ts';
import { mayHoldInternal } from '../../src/services/conversation/internal.ts';
import { noteMessage } from '../../src/services/conversation/note-message.ts';
import { openConversation } from '../../src/services/conversation/open.ts';
import { panelOf } from '../../src/services/conversation/panel.ts';
import { savePanel } from '../../src/services/conversation/save-panel.ts';
import { seatView } from '../../src/services/conversation/seat.ts';
import { setStatusByHand } from '../../src/services/conversation/set-status.ts';
import { dropHelpChannel } from '../../src/services/desk/drop-help-channel.ts';
import { arrive, couldNotArrive } from '../../src/services/help/arrive.ts';
import { askFormOf } from '../../src/services/help/ask-form.ts';
import { callNext } from '../../src/services/help/call-next.ts';
import { helpCard } from '../../src/services/help/card.ts';
import { joinConversation } from '../../src/services/help/join-conversation.ts';
import { join, joinAsWell } from '../../src/services/help/join.ts';
import { lookingForHelp } from '../../src/services/help/list.ts';
import { notNow } from '../../src/services/help/not-now.ts';
import { homeOf, homePublished, lookedAtHome } from '../../src/services/home/show.ts';
import { noteDnd, notePerson } from '../../src/services/person/note.ts';
import { actor, ask, makeSupport, stampOf } from '../support/help.ts';
import {
  makeAdministrator,
  makeAgent,
  makeDesk,
  makeExpertise,
  makePerson,
  makeWorkspace,
  person,
  type TestDeps,
} from '../support/make.ts';
import { describeOnBoth } from '../support/on-both.ts';
import { TABLES } from '../support/state.ts';

describeOnBoth('two workspaces with equal ids', (on) => {
  let deps: TestDeps;
  let conversationId: string;
  let requestId: string;
  let seatId: string;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps);
    ({ conversationId, requestId } = await ask(deps, { note: 'The secret of T1' }));
    await join(deps, actor('UCLEO'), { requestId });
    ({ id: seatId } = await deps.db('seats').where({ state: 'arriving' }).first<{ id: string }>('id'));
    await lookedAtHome(deps, actor('UBEN'));
    await makeTwin();
  });

  /** The same people, channels and names in T2; Ben is an administrator there. */
  async function makeTwin(): Promise<void> {
    const workspaceId = 'T2';
    await makeWorkspace(deps.db, workspaceId);
    const desk = await makeDesk(deps.db, 'Support', { workspaceId, id: 'support2', helpChannelId: 'CHELP' });
    const billing = await makeExpertise(deps.db, 'Billing', { workspaceId, id: 'billing2' });
    await makeAgent(deps.db, 'UANA', { workspaceId, desks: [desk] });
    await makeAgent(deps.db, 'UBEN', {
      workspaceId,
      desks: [desk],
      expertise: [billing],
      person: { isSlackAdmin: true },
    });
    await makeAdministrator(deps.db, 'UCLEO', { workspaceId });
    await makePerson(deps.db, 'UGUS', { workspaceId, isGuest: true });
  }

  /** Every row there is, each as one text that begins with its table. */
  const everything = async (): Promise<string[]> => {
    const rows = await Promise.all(TABLES.map((table) => deps.db(table).select<object[]>('*')));
    return rows
      .flatMap((of, i) => of.map((row) => `${TABLES[i]} ${JSON.stringify(row)}`))
      .toSorted((a, b) => (a < b ? -1 : 1));
  };
  const ben = actor('UBEN', 'T2');

  it.each<[string, () => Promise<unknown>]>([
    ['join', () => join(deps, ben, { requestId })],
    ['join as well', () => joinAsWell(deps, ben, { conversationId })],
    ['join a conversation', () => joinConversation(deps, ben, conversationId)],
    ['say Not now', () => notNow(deps, ben, { requestId })],
    ['close', () => closeByHand(deps, ben, { conversationId })],
    ['set the status', () => setStatusByHand(deps, ben, { conversationId, status: 'waiting' })],
    ['read the panel', () => panelOf(deps, ben, conversationId)],
    ['read the form that asks', () => askFormOf(deps, ben, conversationId)],
    ['save the panel', () => savePanel(deps, ben, { conversationId, addExpertise: ['billing2'], removeExpertise: [] })],
    ['find what is open in the channel', () => conversationsHere(deps, ben, 'CACME')],
    ['ask for what only the other knows', () => ask(deps, { expertiseIds: ['billing'] }, 'UBEN')],
  ])('nobody of one can %s in the other', async (_what, verb) => {
    const before = await everything();
    await expect(verb()).rejects.toMatchObject({ name: 'Refusal' });
    expect(await everything()).toEqual(before);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['arrivals', () => arrive(deps, 'T2', seatId)],
    ['refused arrivals', () => couldNotArrive(deps, 'T2', seatId, 'no_user')],
    ['timers', () => callNext(deps, 'T2', requestId)],
    ['archived channels', () => channelLost(deps, 'T2', 'CACME')],
    ['channels that get another id', () => channelMoved(deps, 'T2', 'CACME', 'CNEW')],
    ['renamed channels', () => channelRenamed(deps, 'T2', 'CACME', 'other')],
    ['people who come into a channel', () => memberCame(deps, 'T2', 'CACME', 'UGUS')],
  ])('%s of one change nothing in the other', async (_what, event) => {
    const before = await everything();
    await event();
    expect(await everything()).toEqual(before);
  });

  it('one reads nothing of the other', async () => {
    expect(await seatView(deps, 'T2', seatId)).toBeUndefined();
    expect(await helpCard(deps, 'T2', requestId)).toBeUndefined();
    expect(await openThreadsIn(deps, ben, 'CACME')).toEqual([]);
    expect((await lookingForHelp(deps, ben)).rows).toEqual([]);
    const home = JSON.stringify(await homeOf(deps, actor('UANA', 'T2')));
    expect(home).not.toContain(conversationId);
    expect(home).not.toContain('secret');
    expect(await mayHoldInternal(deps, 'T3', 'CHELP')).toBe(false);
  });

  it('the whole path in one leaves every row of the other as it was', async () => {
    const before = (await everything()).filter((row) => !row.includes('"T2"'));
    deps.clock.advance({ minutes: 1 });
    const workspaceId = 'T2';
    const { conversationId: id } = await openConversation(deps, actor('UANA', 'T2'), { channelId: 'CACME' });
    await savePanel(deps, actor('UANA', 'T2'), {
      conversationId: id,
      note: { was: '', is: 'Of T2' },
      addExpertise: ['billing', 'billing2'],
      removeExpertise: [],
      status: 'waiting',
    });
    expect((await panelOf(deps, ben, id)).expertise).toEqual([{ id: 'billing2', name: 'Billing' }]);
    await noteMessage(deps, { workspaceId, channelId: 'CACME', threadTs: '', ts: stampOf(deps), userId: 'UGUS' });
    await noteMessage(deps, { workspaceId, channelId: 'CACME', threadTs: '', ts: stampOf(deps), userId: 'UBEN' });
    await lookedAtHome(deps, ben);
    await homePublished(deps, ben, 'hash');
    await notePerson(deps, workspaceId, person('UANA', { name: 'Another Ana' }));
    await noteDnd(deps, workspaceId, 'UANA', { startsAt: 'a', endsAt: 'b' });
    await closeByHand(deps, ben, { conversationId: id });
    await dropHelpChannel(deps, workspaceId, 'CHELP', 'shared');
    expect(await everything()).toEqual(expect.arrayContaining(before));
    expect(await deps.db('conversations').where({ id }).first('outcome')).toEqual({ outcome: 'escalated' });
  });
});
