import type { z } from 'zod';
import type { Requests } from '../../requests.ts';
import type { Json } from '../json.ts';
import type { Slack } from '../slack.ts';
import type { StoredChannel, StoredPerson } from '../state.ts';

/** A refusal in a sentence fit to show the person at the page. */
export class Refused extends Error {}

export function refuse(sentence: string): never {
  throw new Refused(sentence);
}

/** One request of the page: its shape, and what it does for the person acting. */
export type Door<Name extends keyof Requests> = {
  body: z.ZodType<Requests[Name]>;
  run: (slack: Slack, me: StoredPerson, body: Requests[Name]) => Promise<Json> | Json;
};

export function channelOf(slack: Slack, id: string): StoredChannel {
  return slack.state.channels[id] ?? refuse('That conversation no longer exists.');
}

export function memberChannel(slack: Slack, me: StoredPerson, id: string): StoredChannel {
  const channel = channelOf(slack, id);
  if (!channel.memberIds.includes(me.id)) refuse('You are not in this channel.');
  if (channel.archived) refuse('This channel is archived.');
  return channel;
}

/** Whether the app lets nobody write to it: then its direct messages have no composer, so no commands either. */
export function isReadOnly(slack: Slack, channel: StoredChannel): boolean {
  return channel.kind === 'im' && channel.memberIds.includes(slack.state.app.botUser) && isDeaf(slack);
}

/** Whether the manifest lets nobody write to the app. */
export function isDeaf(slack: Slack): boolean {
  const tab = slack.manifest.features?.app_home;
  return tab?.messages_tab_read_only_enabled === true || tab?.messages_tab_enabled === false;
}

export function isStaff(person: StoredPerson): boolean {
  return person.role === 'member' || person.role === 'administrator';
}
