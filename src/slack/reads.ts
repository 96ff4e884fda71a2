/** The port: everything Beckon reads from Slack. It never throws; what Slack does not say within a second is unknown. */
import type { WebClient } from '@slack/web-api';
import type { Presence } from '../domain/person.ts';
import type { ChannelFacts, Dnd, MessageFacts, SlackPort, Unknown } from '../services/deps.ts';
import type { MembersMemory } from './members-memory.ts';
import { personFrom, type Home } from './person.ts';
import { plainWords } from './plain-words.ts';

/** Slack answers `dnd.teamInfo` for up to 50 people. */
const DND_BATCH = 50;
const MEMBERS_PAGE = 1000;
const PEOPLE_PAGE = 1000;
/** From here one page of everybody costs less than asking for each. */
const PEOPLE_ONE_BY_ONE = 20;
const PAGES_MAX = 5;
const PARALLEL = 8;
/** `users.getPresence` allows 50 a minute and workspace; the rest is left for other uses of the token. */
const PRESENCE_A_MINUTE = 30;

type Reads = {
  client: WebClient;
  home: Home;
  now: () => Date;
  memory: MembersMemory;
  warn: (error: unknown, method: string) => void;
};

async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, items.length) }, worker));
}

const seconds = (value: number | undefined): string | undefined =>
  value === undefined || value === 0 ? undefined : new Date(value * 1000).toISOString();

/** `do not disturb` from Slack's schedule: without it, or before its first window, there is none. */
export const dndFrom = (status: { dnd_enabled?: boolean; next_dnd_start_ts?: number; next_dnd_end_ts?: number }): Dnd =>
  status.dnd_enabled === true
    ? { startsAt: seconds(status.next_dnd_start_ts), endsAt: seconds(status.next_dnd_end_ts) }
    : { startsAt: undefined, endsAt: undefined };

function presenceBudget(now: () => Date): () => boolean {
  const asked: number[] = [];
  return () => {
    const minuteAgo = now().getTime() - 60_000;
    // Later than now: the clock was set back.
    while (asked[0] !== undefined && (asked[0] <= minuteAgo || asked[0] > now().getTime())) asked.shift();
    if (asked.length >= PRESENCE_A_MINUTE) return false;
    asked.push(now().getTime());
    return true;
  };
}

async function eachPage(fetch: (cursor: string) => Promise<string | undefined>): Promise<boolean> {
  let cursor: string | undefined = '';
  for (let page = 0; page < PAGES_MAX; page += 1) {
    cursor = await fetch(cursor);
    if (cursor === undefined || cursor === '') return true;
  }
  return false;
}

async function readPeople({ client, home, warn }: Reads, userIds: readonly string[]) {
  const people = new Map<string, ReturnType<typeof personFrom>>();
  const wanted = new Set(userIds);
  if (userIds.length <= PEOPLE_ONE_BY_ONE) {
    await each(userIds, async (user) => {
      const answer = await client.users
        .info({ user, include_locale: true })
        .catch((error: unknown) => warn(error, 'users.info'));
      if (answer?.user) people.set(user, personFrom(answer.user, home));
    });
    return people;
  }
  await eachPage(async (cursor) => {
    const answer = await client.users
      .list({ limit: PEOPLE_PAGE, include_locale: true, ...(cursor !== '' && { cursor }) })
      .catch((error: unknown) => warn(error, 'users.list'));
    for (const user of answer?.members ?? []) {
      if (user.id !== undefined && wanted.has(user.id)) people.set(user.id, personFrom(user, home));
    }
    return people.size === wanted.size ? undefined : answer?.response_metadata?.next_cursor;
  });
  return people;
}

async function readMembers({ client, warn }: Reads, channel: string): Promise<string[] | Unknown> {
  const members: string[] = [];
  const missed: string[] = [];
  const complete = await eachPage(async (cursor) => {
    const answer = await client.conversations
      .members({ channel, limit: MEMBERS_PAGE, ...(cursor !== '' && { cursor }) })
      .catch((error: unknown) => warn(error, 'conversations.members'));
    if (answer === undefined) missed.push(cursor);
    members.push(...(answer?.members ?? []));
    return answer?.response_metadata?.next_cursor;
  });
  return missed.length > 0 || !complete ? 'unknown' : members;
}

/** Beckon may read channels, public and private: what it has no scope for is a direct or group message. */
const isDirect = (error: unknown): boolean => error instanceof Error && error.message.includes('missing_scope');

const direct = (id: string): ChannelFacts => ({
  id,
  name: '',
  kind: 'direct',
  isPrivate: true,
  isArchived: false,
  isShared: false,
  isMember: true,
});

const isMissing = (error: unknown): boolean => error instanceof Error && error.message.includes('channel_not_found');

async function readChannel({ client, warn }: Reads, channelId: string): Promise<ChannelFacts | 'missing' | Unknown> {
  try {
    const { channel } = await client.conversations.info({ channel: channelId });
    if (channel?.id === undefined) return 'unknown';
    return {
      id: channel.id,
      name: channel.name ?? '',
      kind: channel.is_im === true ? 'direct' : channel.is_mpim === true ? 'group' : 'channel',
      isPrivate: channel.is_private === true,
      isArchived: channel.is_archived === true,
      isShared: channel.is_ext_shared === true || channel.is_pending_ext_shared === true,
      isMember: channel.is_member === true,
    };
  } catch (error) {
    if (isMissing(error)) return 'missing';
    if (isDirect(error)) return direct(channelId);
    warn(error, 'conversations.info');
    return 'unknown';
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && /thread_not_found|message_not_found|channel_not_found/.test(error.message);

/** What is left of a deleted message that has replies; Slack's types do not know its subtype. */
const isTombstone = (message: object): boolean => 'subtype' in message && message.subtype === 'tombstone';

async function readMessage(
  { client, warn }: Reads,
  channel: string,
  ts: string,
): Promise<MessageFacts | 'missing' | Unknown> {
  try {
    const { messages = [] } = await client.conversations.replies({ channel, ts, limit: 1 });
    const root = messages.find((message) => message.ts === ts);
    if (root === undefined || isTombstone(root)) return 'missing';
    return { userId: root.user ?? '', text: plainWords(root.text ?? ''), isBot: root.bot_id !== undefined };
  } catch (error) {
    if (isGone(error)) return 'missing';
    warn(error, 'conversations.replies');
    return 'unknown';
  }
}

/** Every request for help wants to know who reads the help channel: whoever takes an older answer gets the one remembered. */
const remembering =
  (reads: Reads): SlackPort['members'] =>
  async (_workspaceId, channelId, { maxAgeMinutes } = { maxAgeMinutes: 0 }) => {
    const known = reads.memory.known(channelId, maxAgeMinutes * 60_000);
    if (known !== undefined) return known;
    const members = await readMembers(reads, channelId);
    if (members !== 'unknown') reads.memory.keep(channelId, members);
    return members;
  };

/** Builds the port over one workspace's client. */
export function slackReads(reads: Reads): SlackPort {
  const { client, warn } = reads;
  const mayAsk = presenceBudget(reads.now);
  return {
    people: (_workspaceId, userIds) => readPeople(reads, userIds),
    members: remembering(reads),
    channel: (_workspaceId, channelId) => readChannel(reads, channelId),
    message: (_workspaceId, channelId, ts) => readMessage(reads, channelId, ts),
    async presence(_workspaceId, userIds) {
      const presence = new Map<string, Presence>();
      await each(userIds, async (user) => {
        if (!mayAsk()) return;
        const answer = await client.users
          .getPresence({ user })
          .catch((error: unknown) => warn(error, 'users.getPresence'));
        presence.set(user, answer?.presence === 'active' || answer?.presence === 'away' ? answer.presence : 'unknown');
      });
      return presence;
    },
    async dnd(_workspaceId, userIds) {
      const dnd = new Map<string, Dnd>();
      const batches = Array.from({ length: Math.ceil(userIds.length / DND_BATCH) }, (_, index) =>
        userIds.slice(index * DND_BATCH, (index + 1) * DND_BATCH),
      );
      await each(batches, async (users) => {
        const answer = await client.dnd
          .teamInfo({ users: users.join(',') })
          .catch((error: unknown) => warn(error, 'dnd.teamInfo'));
        for (const [user, status] of Object.entries(answer?.users ?? {})) dnd.set(user, dndFrom(status));
      });
      return dnd;
    },
  };
}
