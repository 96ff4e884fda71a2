/** What Beckon wrote to somebody who is no colleague any more shows nothing internal. */
import type { Notice } from '../domain/notice.ts';
import { mayReadInternal } from '../services/conversation/internal.ts';
import { slackErrorOf } from './judge.ts';
import type { Envelope } from './post.ts';
import { publishHome } from './publish-home.ts';
import { withdrawnMessage } from './views/withdrawn.ts';

const PAGE = 200;
/** They cannot read anything in Slack: should they come back as a guest, it is asked for again. */
const UNREACHABLE = new Set(['user_disabled', 'user_not_found', 'user_not_visible', 'channel_not_found']);
/** Deleted, or Slack does not let anybody edit it any more. */
const BEYOND_EDITING = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

async function unless<T>(errors: ReadonlySet<string>, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (errors.has(slackErrorOf(error) ?? '')) return undefined;
    throw error;
  }
}

/** Every message of Beckon in their direct messages that still says something; the edits made before a failure need not be made again. */
async function blank({ client }: Envelope, channel: string): Promise<void> {
  const message = withdrawnMessage();
  let cursor = '';
  do {
    const page = await client.conversations.history({ channel, limit: PAGE, ...(cursor !== '' && { cursor }) });
    for (const { ts, bot_id: bot, text } of page.messages ?? []) {
      if (ts === undefined || bot === undefined || text === message.text) continue;
      await unless(BEYOND_EDITING, () => client.chat.update({ channel, ts, ...message }));
    }
    cursor = page.response_metadata?.next_cursor ?? '';
  } while (cursor !== '');
}

/** Empties their Home and their direct messages, all of them: welcomes, calls, invitations, answers. */
export async function deliverWithdrawn(
  envelope: Envelope,
  { userId }: Extract<Notice, { kind: 'person.withdrawn' }>,
): Promise<void> {
  const { client, deps, workspaceId } = envelope;
  if (await mayReadInternal(deps, workspaceId, userId)) return;
  const opened = await unless(UNREACHABLE, () => client.conversations.open({ users: userId }));
  if (opened?.channel?.id === undefined) return;
  await publishHome(client, deps, { workspaceId, userId });
  await blank(envelope, opened.channel.id);
}
