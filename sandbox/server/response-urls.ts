import { randomBytes } from 'node:crypto';
import { asBlocks, completeBlocks, messageFaults } from './blocks.ts';
import { isObject, type Json, textOf } from './json.ts';
import { edit, findEphemeral, type NewMessage, post, postEphemeral, remove } from './messages.ts';
import type { Slack } from './slack.ts';
import { findMessage, forgetOldest, type StoredChannel, type StoredMessage, type StoredResponseUrl } from './state.ts';

const MAX_USES = 5;
const LIFETIME_MS = 30 * 60_000;

export type ResponseAnswer = { status: number; body: string };

/** An address the app may answer one act of a person at, without being in the channel. */
export function newResponseUrl(
  slack: Slack,
  kind: 'commands' | 'actions' | 'app',
  grant: Omit<StoredResponseUrl, 'at' | 'uses'>,
): string {
  const id = randomBytes(18).toString('base64url');
  slack.state.responseUrls[id] = { ...grant, at: slack.now(), uses: 0 };
  forgetOldest(slack.state.responseUrls);
  return `${slack.url}/response/${kind}/${slack.state.team.id}/${id}`;
}

/** What Slack does with a body posted to such an address; a command's or click's acknowledgement goes the same way. */
export function respond(slack: Slack, id: string, body: unknown): ResponseAnswer {
  const grant = slack.state.responseUrls[id];
  if (grant === undefined) return refused(404, 'invalid_token');
  if (slack.now() - grant.at > LIFETIME_MS) return refused(404, 'expired_url');
  if (grant.uses >= MAX_USES) return refused(404, 'used_url');
  if (!isObject(body)) return refused(400, 'invalid_payload');
  const channel = slack.state.channels[grant.channel];
  if (channel === undefined) return refused(404, 'channel_not_found');
  const answer = say(slack, grant, channel, body);
  if (answer.status === 200) grant.uses += 1;
  return answer;
}

function refused(status: number, error: string): ResponseAnswer {
  return { status, body: JSON.stringify({ ok: false, error }) };
}

/** Applies one answer to the place it is for. */
function say(slack: Slack, grant: StoredResponseUrl, channel: StoredChannel, body: Json): ResponseAnswer {
  const original = originalOf(slack, grant);
  if (body['delete_original'] === true || body['delete_original'] === 'true') {
    if (original !== undefined) remove(slack, channel, original);
    return { status: 200, body: 'ok' };
  }
  const content = contentOf(body);
  if (typeof content === 'string') return refused(400, content);
  if (body['replace_original'] === true || body['replace_original'] === 'true') {
    if (original !== undefined) edit(slack, channel, original, content);
    return { status: 200, body: 'ok' };
  }
  const threadTs = textOf(body['thread_ts']) || grant.threadTs;
  const message = { ...content, ...(threadTs === undefined ? {} : { threadTs }) };
  if (body['response_type'] === 'in_channel') post(slack, channel, { ...message, user: slack.state.app.botUser });
  else postEphemeral(slack, channel, grant.user, message);
  return { status: 200, body: 'ok' };
}

function originalOf(slack: Slack, grant: StoredResponseUrl): StoredMessage | undefined {
  if (grant.original === undefined) return undefined;
  const { ts, ephemeral } = grant.original;
  return ephemeral ? findEphemeral(slack, grant.user, grant.channel, ts) : findMessage(slack.state, grant.channel, ts);
}

/** Text and blocks of an answer, or Slack's bare word for what is wrong: these addresses name no details. */
function contentOf(body: Json): Pick<NewMessage, 'text' | 'blocks'> | 'invalid_blocks' | 'no_text' {
  const text = textOf(body['text']);
  const given = body['blocks'] ?? [];
  const blocks = asBlocks(given);
  if (blocks === undefined) return 'invalid_blocks';
  if (blocks.length === 0) return text === '' ? 'no_text' : { text };
  return messageFaults(blocks).length > 0 ? 'invalid_blocks' : { text, blocks: completeBlocks(blocks) };
}
