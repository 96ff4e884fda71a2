/** Every way in which something happens in a conversation of a bot, and what the bot is told of it. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Notice } from '../../../src/domain/notice.ts';
import { webhookBody, type WebhookEvent } from '../../../src/domain/webhook.ts';
import { addedToChannel } from '../../../src/services/conversation/added.ts';
import { channelLost } from '../../../src/services/conversation/channel-events.ts';
import { closeByHand } from '../../../src/services/conversation/close.ts';
import { closeQuiet } from '../../../src/services/conversation/close-quiet.ts';
import { invite } from '../../../src/services/conversation/invite.ts';
import { noteMessage } from '../../../src/services/conversation/note-message.ts';
import { openConversation } from '../../../src/services/conversation/open.ts';
import { savePanel } from '../../../src/services/conversation/save-panel.ts';
import { setStatusByHand } from '../../../src/services/conversation/set-status.ts';
import { due } from '../../../src/services/due.ts';
import { forward } from '../../../src/services/forward/forward.ts';
import { arrive, couldNotArrive } from '../../../src/services/help/arrive.ts';
import { join } from '../../../src/services/help/join.ts';
import { stillNeedHelp } from '../../../src/services/help/still-needed.ts';
import { leaveEverything } from '../../../src/services/person/leave-everything.ts';
import { revokeToken } from '../../../src/services/token/revoke.ts';
import { listSeats } from '../../../src/store/seats.ts';
import { claimTimers } from '../../../src/store/timers.ts';
import { insertToken } from '../../../src/store/tokens.ts';
import { expectDocumented } from '../../support/documented.ts';
import { actor, ask, makeSupport, stampOf } from '../../support/help.ts';
import { makeAdministrator, type TestDeps } from '../../support/make.ts';
import { describeOnBoth } from '../../support/on-both.ts';
import { noticesOf } from '../../support/state.ts';

const ana = actor('UANA');
const ben = actor('UBEN');
const maya = actor('UMAYA');
const NOTE = 'only for the team';

const status = (now: string, before: string | null) => ({
  type: 'conversation.status_changed',
  status: now,
  previous_status: before,
});
const joined = (id: string, name: string, cameBy: string) => ({
  type: 'conversation.agent_joined',
  agent: { id, name },
  came_by: cameBy,
});
const message = ({ now }: TestDeps, text: string, more: object = {}) => ({
  type: 'conversation.message',
  agent: { id: 'UANA', name: 'Ana' },
  text,
  ts: stampOf({ now }),
  has_files: false,
  ...more,
});

describeOnBoth('what a bot is told', (on) => {
  let deps: TestDeps;
  let conversationId: string;
  beforeEach(async () => {
    deps = on();
    await makeSupport(deps);
    await makeAdministrator(deps.db, 'UMAYA');
    const token = { id: 'bot', workspaceId: 'T1', name: 'Bot', secret: 'x', speaksAs: '', madeBy: 'UMAYA' };
    await insertToken(deps.db, { ...token, now: deps.now() });
    await tokenHas({ webhook_url: 'https://bot.example.com', webhook_turn: 1 });
    conversationId = await openOne();
  });

  /** Whatever a test brought about, it is told as it is documented. */
  afterEach(async () => {
    for (const notice of await notices()) {
      expectDocumented(JSON.parse(webhookBody(notice, deps.now().toISOString())) as { type: string });
    }
  });

  const tokenHas = (columns: object) => deps.db('tokens').where({ id: 'bot' }).update(columns);
  const conversationHas = (columns: object) => deps.db('conversations').where({ id: conversationId }).update(columns);
  /** Opened by Ana in the customer's channel, or in a thread of it, for the bot. */
  const openOne = async (threadTs?: string): Promise<string> => {
    const spot = { channelId: 'CACME', ...(threadTs !== undefined && { threadTs }) };
    const opened = await openConversation(deps, ana, spot);
    await deps.db('conversations').where({ id: opened.conversationId }).update({ token_id: 'bot', reference: 'v17' });
    return opened.conversationId;
  };
  type Told = Extract<Notice, { kind: 'webhook' }>;
  const notices = async (): Promise<Told[]> =>
    (await noticesOf(deps.db)).filter((notice): notice is Told => notice.kind === 'webhook');
  const told = async (): Promise<WebhookEvent[]> => (await notices()).map(({ event }) => event);
  const seatOf = async (userId: string) =>
    (await listSeats(deps.db, conversationId)).findLast((seat) => seat.userId === userId)?.id ?? '';
  const arrives = async (userId: string) => arrive(deps, 'T1', await seatOf(userId));
  const writes = (userId: string, more: object = {}) =>
    noteMessage(deps, {
      workspaceId: 'T1',
      channelId: 'CACME',
      threadTs: '',
      ts: stampOf(deps),
      userId,
      text: 'Hello!',
      ...more,
    });
  const runTimers = async () => {
    for (const timer of await claimTimers(deps.db, { now: deps.now(), leaseMs: 60_000, limit: 20 }))
      await due(deps, timer);
  };

  it('which conversation it is: its id, the bot’s own reference, its channel', async () => {
    await setStatusByHand(deps, ana, { conversationId, status: 'waiting' });
    await conversationHas({ reference: '' });
    await setStatusByHand(deps, ana, { conversationId, status: 'in_progress' });
    expect((await notices()).map(({ tokenId, about }) => ({ tokenId, about }))).toEqual([
      { tokenId: 'bot', about: { id: conversationId, reference: 'v17', channel: 'CACME', thread: null } },
      { tokenId: 'bot', about: { id: conversationId, reference: null, channel: 'CACME', thread: null } },
    ]);
  });

  describe('nothing', () => {
    it.each([
      ['of a conversation of people', () => conversationHas({ token_id: '' })],
      ['where its token has no webhook', () => tokenHas({ webhook_url: '' })],
      ['where its endpoint is gone', () => tokenHas({ webhook_gone_at: '2026-03-02T09:00:00.000Z' })],
      ['where its token was revoked', () => revokeToken(deps, maya, 'bot')],
    ])('%s', async (_what, change) => {
      await change();
      await setStatusByHand(deps, ana, { conversationId, status: 'waiting' });
      await writes('UBEN');
      await closeByHand(deps, ana, { conversationId });
      expect(await told()).toEqual([]);
    });

    it('when a status is set that it has already, or a change is refused', async () => {
      await setStatusByHand(deps, ana, { conversationId, status: 'in_progress' });
      await expect(setStatusByHand(deps, maya, { conversationId: 'none', status: 'waiting' })).rejects.toMatchObject({
        code: 'not_found',
      });
      expect(await told()).toEqual([]);
    });
  });

  describe('the status', () => {
    it('by hand, in the panel, and by the customer’s word', async () => {
      await setStatusByHand(deps, ana, { conversationId, status: 'waiting' });
      deps.clock.advance({ seconds: 5 });
      await writes('UGUS');
      const nothing = { addExpertise: [], removeExpertise: [] };
      await savePanel(deps, ana, { conversationId, ...nothing, status: 'waiting' });
      expect(await told()).toEqual([
        status('waiting', 'in_progress'),
        status('in_progress', 'waiting'),
        status('waiting', 'in_progress'),
      ]);
    });

    it('when help is looked for, found, not found after all, found, and still needed', async () => {
      const { requestId } = await ask(deps, { note: NOTE });
      await join(deps, ben, { requestId });
      await couldNotArrive(deps, 'T1', await seatOf('UBEN'), 'not_in_channel');
      await join(deps, ben, { requestId });
      await arrives('UBEN');
      await stillNeedHelp(deps, ana, { requestId });
      expect(await told()).toEqual([
        status('looking_for_help', 'in_progress'),
        status('in_progress', 'looking_for_help'),
        status('looking_for_help', 'in_progress'),
        status('in_progress', 'looking_for_help'),
        joined('UBEN', 'Ben', 'joined'),
        status('looking_for_help', 'in_progress'),
      ]);
      expect(JSON.stringify(await notices())).not.toContain(NOTE);
    });

    it('when Beckon looks for help by itself, because nobody is left', async () => {
      await leaveEverything(deps, 'T1', 'UANA', 'deactivated');
      expect(await told()).toEqual([status('looking_for_help', 'in_progress')]);
    });
  });

  describe('who came in', () => {
    it('by invitation, when they have arrived', async () => {
      await invite(deps, ana, { conversationId, userIds: ['UBEN'] });
      expect(await told()).toEqual([]);
      await arrives('UBEN');
      await arrives('UBEN');
      expect(await told()).toEqual([joined('UBEN', 'Ben', 'invited')]);
    });

    it('by writing, and by being added, once each, with the name customers read', async () => {
      await deps.db('agents').where({ user_id: 'UBEN' }).update({ live_chat_name: 'Benjamin' });
      await writes('UBEN');
      await writes('UBEN', { ts: stampOf(deps, 1) });
      await addedToChannel(deps, {
        workspaceId: 'T1',
        channelId: 'CACME',
        userId: 'UCLEO',
        inviterId: '',
        at: deps.now(),
      });
      expect(await told()).toEqual([joined('UBEN', 'Benjamin', 'wrote'), joined('UCLEO', 'Cleo', 'added')]);
    });

    it('and that it is open again', async () => {
      const threadTs = stampOf(deps);
      deps.slack.facts.messages.set(`CACME/${threadTs}`, { userId: 'UGUS', isBot: false, text: 'Help!' });
      conversationId = await openOne(threadTs);
      await closeByHand(deps, ana, { conversationId });
      await deps.db('notices').delete();
      deps.clock.advance({ hours: 1 });
      await writes('UGUS', { threadTs });
      expect((await notices())[0]?.about).toMatchObject({ channel: 'CACME', thread: threadTs });
      expect(await told()).toEqual([status('in_progress', null), joined('UANA', 'Ana', 'reopened')]);
    });
  });

  describe('what an agent writes', () => {
    beforeEach(() => conversationHas({ is_made: 1 }));
    it('in the channel that Beckon made for it, after that they came', async () => {
      await writes('UANA');
      const ts = stampOf(deps, 1);
      await writes('UBEN', { ts, hasFiles: true, text: '' });
      expect(await told()).toEqual([
        message(deps, 'Hello!'),
        joined('UBEN', 'Ben', 'wrote'),
        message(deps, '', { ts, agent: { id: 'UBEN', name: 'Ben' }, has_files: true }),
      ]);
    });

    it('once, however often Slack tells of it', async () => {
      await writes('UANA');
      await writes('UANA');
      await writes('UANA', { ts: stampOf(deps, 1) });
      expect(await told()).toEqual([message(deps, 'Hello!'), message(deps, 'Hello!', { ts: stampOf(deps, 1) })]);
    });

    it('but not in threads, nor in a channel that was there before', async () => {
      await writes('UANA', { threadTs: stampOf(deps, -60) });
      await conversationHas({ is_made: 0 });
      await writes('UANA', { ts: stampOf(deps, 1) });
      expect(await told()).toEqual([]);
    });

    it('and not what customers and colleagues who are no agents write', async () => {
      await writes('UGUS');
      await writes('UMAYA', { ts: stampOf(deps, 1) });
      expect(await told()).toEqual([]);
    });
  });

  describe('what became of a forward', () => {
    const wish = { language: '', country: '', previousAgent: '', wanted: ['billing'] };
    const byBot = { workspaceId: 'T1', userId: '' };
    const forwards = (more: object = {}) =>
      forward(deps, byBot, {
        conversationId,
        wish: { ...wish, ...more },
        note: NOTE,
        message: '',
        cameFrom: 'api',
        tokenId: 'bot',
      });

    it('whom it went to, what they cover, and that they came', async () => {
      const outcome = await forwards();
      await arrives('UBEN');
      expect(await told()).toEqual([
        {
          type: 'conversation.forwarded',
          agent: { id: 'UBEN', name: 'Ben' },
          covered: [{ id: 'billing', name: 'Billing' }],
          missing: [],
          decision: outcome.decisionId,
        },
        joined('UBEN', 'Ben', 'forwarded'),
      ]);
      expect(JSON.stringify(await notices())).not.toContain(NOTE);
    });

    it('that nobody was there', async () => {
      await deps.db('desk_agents').delete();
      const outcome = await forwards();
      expect(await told()).toEqual([{ type: 'conversation.no_agent', decision: outcome.decisionId }]);
    });

    it('that nobody answered, and who was tried', async () => {
      await forwards();
      for (const userId of ['UBEN', 'UCLEO']) {
        await arrives(userId);
        deps.clock.advance({ minutes: 5 });
        await runTimers();
        await runTimers();
      }
      expect((await told()).map(({ type }) => type)).toEqual([
        'conversation.forwarded',
        'conversation.agent_joined',
        'conversation.forwarded',
        'conversation.agent_joined',
        'conversation.no_answer',
        'conversation.status_changed',
      ]);
      expect(await told()).toContainEqual({
        type: 'conversation.no_answer',
        tried: [
          { id: 'UBEN', name: 'Ben' },
          { id: 'UCLEO', name: 'Cleo' },
        ],
      });
    });
  });

  describe('that it is closed', () => {
    it('by hand', async () => {
      await writes('UANA');
      await closeByHand(deps, ana, { conversationId });
      expect(await told()).toEqual([{ type: 'conversation.closed', outcome: 'success' }]);
    });

    it('because nothing happened for long', async () => {
      deps.clock.advance({ days: 8 });
      await closeQuiet(deps);
      expect(await told()).toEqual([{ type: 'conversation.closed', outcome: 'never_answered' }]);
    });

    it('because its channel is lost', async () => {
      await channelLost(deps, 'T1', 'CACME');
      expect(await told()).toEqual([{ type: 'conversation.closed', outcome: 'lost' }]);
    });
  });
});
