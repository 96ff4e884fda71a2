/** What Slack tells by itself of people, channels and messages. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import { noteBotMessage } from '../services/bot/note-message.ts';
import { addedToChannel } from '../services/conversation/added.ts';
import { channelLost, channelMoved, channelRenamed, memberCame } from '../services/conversation/channel-events.ts';
import { noteMessage } from '../services/conversation/note-message.ts';
import { threadLost } from '../services/conversation/thread-lost.ts';
import { checkHelpChannelMember, dropHelpChannel } from '../services/desk/drop-help-channel.ts';
import type { Deps } from '../services/deps.ts';
import { noteDnd, notePerson } from '../services/person/note.ts';
import { workspaceOf } from './actor.ts';
import type { MembersMemory } from './members-memory.ts';
import { personNow, stillHolds } from './old-events.ts';
import { personFrom, type Home } from './person.ts';
import { plainWords } from './plain-words.ts';
import { dndFrom } from './reads.ts';

/** Messages that are somebody's word; the other subtypes are edits, deletions, joins and the like. */
const WORDS = new Set([undefined, 'file_share', 'me_message', 'thread_broadcast']);

const Message = z.object({
  channel: z.string(),
  user: z.string(),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  text: z.string().optional(),
  files: z.array(z.unknown()).optional(),
});

function registerPeople(app: App, deps: Deps, home: Home): void {
  const note = async (workspaceId: string, user: unknown, body: { event_time?: number }) => {
    const person = personFrom(user, home, deps.now());
    await notePerson(deps, workspaceId, await personNow(deps, workspaceId, body, person));
  };
  app.event('user_change', ({ event, context, body }) => note(workspaceOf(context), event.user, body));
  app.event('user_huddle_changed', ({ event, context, body }) => note(workspaceOf(context), event.user, body));
  app.event('dnd_updated_user', ({ event, context }) =>
    noteDnd(deps, workspaceOf(context), event.user, dndFrom(event.dnd_status)),
  );
}

function registerChannels(app: App, deps: Deps, memory: MembersMemory): void {
  const archived = async (workspaceId: string, channelId: string, body: { event_time?: number }) => {
    if (!(await stillHolds(deps, workspaceId, body, { channelId, holds: ({ isArchived }) => isArchived }))) return;
    await channelLost(deps, workspaceId, channelId);
    await dropHelpChannel(deps, workspaceId, channelId, 'archived');
  };
  const renamed = async (workspaceId: string, channel: { id: string; name: string }, body: { event_time?: number }) => {
    const holds = ({ name }: { name: string }) => name === channel.name;
    if (!(await stillHolds(deps, workspaceId, body, { channelId: channel.id, holds }))) return;
    await channelRenamed(deps, workspaceId, channel.id, channel.name);
  };
  app.event('channel_archive', ({ event, context, body }) => archived(workspaceOf(context), event.channel, body));
  app.event('group_archive', ({ event, context, body }) => archived(workspaceOf(context), event.channel, body));
  app.event('channel_shared', async ({ event, context, body }) => {
    const about = { channelId: event.channel, holds: ({ isShared }: { isShared: boolean }) => isShared };
    if (!(await stillHolds(deps, workspaceOf(context), body, about))) return;
    await dropHelpChannel(deps, workspaceOf(context), event.channel, 'shared');
  });
  app.event('channel_rename', ({ event, context, body }) => renamed(workspaceOf(context), event.channel, body));
  app.event('group_rename', ({ event, context, body }) => renamed(workspaceOf(context), event.channel, body));
  app.event('channel_id_changed', ({ event, context }) =>
    channelMoved(deps, workspaceOf(context), event.old_channel_id, event.new_channel_id),
  );
  app.event('member_joined_channel', async ({ event, context }) => {
    memory.came(event.channel, event.user);
    await checkHelpChannelMember(deps, workspaceOf(context), event.channel, event.user);
    await memberCame(deps, workspaceOf(context), event.channel, event.user);
    await addedToChannel(deps, {
      workspaceId: workspaceOf(context),
      channelId: event.channel,
      userId: event.user,
      inviterId: event.inviter ?? '',
      at: new Date(Number(event.event_ts) * 1000),
    });
  });
  app.event('member_left_channel', async ({ event, context, body }) => {
    memory.went(event.channel, event.user);
    if (event.user !== context.botUserId) return;
    const about = { channelId: event.channel, holds: ({ isMember }: { isMember: boolean }) => !isMember };
    if (!(await stillHolds(deps, workspaceOf(context), body, about))) return;
    await channelLost(deps, workspaceOf(context), event.channel);
    await dropHelpChannel(deps, workspaceOf(context), event.channel, 'removed');
  });
}

/** A message that is gone, by itself or leaving a mark because it has replies. */
const Deleted = z.union([
  z.object({ subtype: z.literal('message_deleted'), channel: z.string(), deleted_ts: z.string() }),
  z.object({
    subtype: z.literal('message_changed'),
    channel: z.string(),
    message: z.object({ subtype: z.literal('tombstone'), ts: z.string() }),
  }),
]);

function registerMessages(app: App, deps: Deps): void {
  app.event('message', async ({ event, context }) => {
    const gone = Deleted.safeParse(event);
    if (gone.success) {
      const threadTs = 'deleted_ts' in gone.data ? gone.data.deleted_ts : gone.data.message.ts;
      return threadLost(deps, { workspaceId: workspaceOf(context), channelId: gone.data.channel, threadTs });
    }
    const parsed = Message.safeParse(event);
    if (!parsed.success || !WORDS.has(parsed.data.subtype)) return;
    const { channel: channelId, user: userId, ts, thread_ts: threadTs = '', bot_id: botId } = parsed.data;
    const written = { workspaceId: workspaceOf(context), channelId, threadTs, ts, userId };
    const { text = '', files = [] } = parsed.data;
    if (botId === undefined)
      await noteMessage(deps, { ...written, text: plainWords(text), hasFiles: files.length > 0 });
    else await noteBotMessage(deps, written);
  });
}

export function registerEvents(app: App, deps: Deps, { home, memory }: { home: Home; memory: MembersMemory }): void {
  registerPeople(app, deps, home);
  registerChannels(app, deps, memory);
  registerMessages(app, deps);
}
