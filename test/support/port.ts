/** A Slack that says what a test tells it to say; with the clock the only thing that is faked. */
import type { Person, Presence } from '../../src/domain/person.ts';
import type { ChannelFacts, Dnd, MessageFacts, SlackPort, WebhookPort } from '../../src/services/deps.ts';
import { insideTransaction } from './inside-transaction.ts';

type Read = 'presence' | 'dnd' | 'people' | 'members' | 'channel' | 'message';

export type FakePort = SlackPort & {
  /** What Slack knows; a test puts facts in and takes them out. */
  readonly facts: {
    readonly people: Map<string, Person>;
    readonly presence: Map<string, Presence>;
    readonly dnd: Map<string, Dnd>;
    readonly channels: Map<string, ChannelFacts>;
    readonly members: Map<string, readonly string[]>;
    /** by `channel/ts` */
    readonly messages: Map<string, MessageFacts>;
  };
  /** Reads that get no answer from now on. */
  readonly silent: Set<Read>;
  /** Every question in order, for tests of what an action costs. */
  readonly asked: { read: Read; ids: readonly string[] }[];
};

/** @throws Error from every read made while a transaction is open: the rule it guards is that none is */
export function makePort(): FakePort {
  const facts: FakePort['facts'] = {
    people: new Map(),
    presence: new Map(),
    dnd: new Map(),
    channels: new Map(),
    members: new Map(),
    messages: new Map(),
  };
  const silent = new Set<Read>();
  const asked: FakePort['asked'] = [];
  const answers = (read: Read, ids: readonly string[]): boolean => {
    if (insideTransaction()) throw new Error(`Slack was asked for ${read} while a transaction was open`);
    asked.push({ read, ids });
    return !silent.has(read);
  };
  const among = <T>(read: Read, known: ReadonlyMap<string, T>, ids: readonly string[]): ReadonlyMap<string, T> =>
    answers(read, ids) ? new Map([...known].filter(([id]) => ids.includes(id))) : new Map();

  return {
    facts,
    silent,
    asked,
    presence: async (_workspaceId, ids) => among('presence', facts.presence, ids),
    dnd: async (_workspaceId, ids) => among('dnd', facts.dnd, ids),
    people: async (_workspaceId, ids) => among('people', facts.people, ids),
    members: async (_workspaceId, id) => (answers('members', [id]) ? (facts.members.get(id) ?? 'unknown') : 'unknown'),
    message: async (_workspaceId, channelId, ts) =>
      answers('message', [channelId, ts]) ? (facts.messages.get(`${channelId}/${ts}`) ?? 'missing') : 'unknown',
    channel: async (_workspaceId, id) => (answers('channel', [id]) ? (facts.channels.get(id) ?? 'missing') : 'unknown'),
  };
}

export type FakeWebhooks = WebhookPort & {
  /** Why URLs are objected to, and pings not taken, from now on; undefined: they are fine. */
  readonly says: { objection: string | undefined; ping: string | undefined; canSign: boolean };
};

function outside<T>(answer: T): Promise<T> {
  if (insideTransaction()) throw new Error('An endpoint was asked while a transaction was open');
  return Promise.resolve(answer);
}

/** Webhooks that go nowhere. @throws Error where the outside is asked while a transaction is open */
export function makeWebhooks(): FakeWebhooks {
  const says: FakeWebhooks['says'] = { objection: undefined, ping: undefined, canSign: true };
  return {
    says,
    objection: () => outside(says.objection),
    ping: () => outside(says.ping),
    secretOf: (tokenId, turn) => (says.canSign ? `whsec_${tokenId}_${turn}` : ''),
  };
}
