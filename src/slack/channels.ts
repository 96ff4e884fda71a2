/** Making channels for visitors. */
import type { WebClient } from '@slack/web-api';
import type { MadeChannel, MakeChannel } from '../services/bot/channel.ts';
import { judge, slackErrorOf } from './judge.ts';

const PAGE = 1000;
const PAGES_MAX = 10;

/** A private channel of that name with Beckon in it: made by an attempt that broke off before it was written down. */
async function ownChannel(client: WebClient, name: string): Promise<MadeChannel | undefined> {
  let cursor = '';
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await client.users.conversations({
      types: 'private_channel',
      exclude_archived: true,
      limit: PAGE,
      ...(cursor !== '' && { cursor }),
    });
    const found = answer.channels?.find((channel) => channel.name === name);
    if (found?.id !== undefined) return { kind: 'made', channelId: found.id, name };
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (cursor === '') return undefined;
  }
  return undefined;
}

async function create(client: WebClient, name: string): Promise<MadeChannel> {
  try {
    const { channel } = await client.conversations.create({ name, is_private: true });
    if (channel?.id === undefined) return { kind: 'silent' };
    return { kind: 'made', channelId: channel.id, name: channel.name ?? name };
  } catch (error) {
    const reason = slackErrorOf(error);
    if (reason === 'name_taken') return (await ownChannel(client, name)) ?? { kind: 'refused', reason };
    throw error;
  }
}

/** Builds what makes channels over a client; `warn` hears of everything that kept it from doing so. */
export const channelMaker =
  (client: WebClient, warn: (error: unknown, method: string) => void): MakeChannel =>
  async (name) => {
    try {
      return await create(client, name);
    } catch (error) {
      warn(error, 'conversations.create');
      const { retryAfterMs } = judge(error);
      if (retryAfterMs !== undefined) return { kind: 'limited', seconds: Math.ceil(retryAfterMs / 1000) };
      const reason = slackErrorOf(error);
      return reason === undefined ? { kind: 'silent' } : { kind: 'refused', reason };
    }
  };
