import { z } from 'zod';
import { ackContent } from '../http-transport.ts';
import { isObject, type Json, parseJson, textOf } from '../json.ts';
import { slashCommand } from '../manifest.ts';
import { post, remove, showSidebars } from '../messages.ts';
import { channelLabel } from '../payloads.ts';
import { newResponseUrl, respond } from '../response-urls.ts';
import type { Slack } from '../slack.ts';
import { findMessage, messagesOf, type StoredChannel, type StoredPerson } from '../state.ts';
import { newTrigger } from '../triggers.ts';
import { escapeCommand, escapeTyped } from '../typed-text.ts';
import { type Door, isReadOnly, memberChannel, refuse } from './door.ts';

/** Saying things: messages and slash commands. */

export const message: Door<'message'> = {
  body: z.object({ as: z.string(), channel: z.string(), text: z.string(), thread: z.string().exactOptional() }),
  run: (slack, me, body) => {
    const channel = composable(slack, me, body.channel);
    const typed = body.text.trim();
    if (typed === '') refuse('Write something first.');
    if (/^\/[a-z]/i.test(typed) && body.thread !== undefined) {
      refuse(`${typed.split(/\s/)[0] ?? ''} is not supported in threads. Sorry!`);
    }
    const parent = body.thread === undefined ? undefined : findMessage(slack.state, channel.id, body.thread);
    if (body.thread !== undefined && parent === undefined) refuse('That thread no longer exists.');
    const threadTs = parent?.threadTs ?? parent?.ts;
    const text = escapeTyped(slack.state, typed);
    const stored = post(slack, channel, { user: me.id, text, ...(threadTs === undefined ? {} : { threadTs }) });
    return { ts: stored.ts };
  },
};

export const command: Door<'command'> = {
  body: z.object({ as: z.string(), channel: z.string(), text: z.string() }),
  run: async (slack, me, body) => {
    const channel = composable(slack, me, body.channel);
    const typed = body.text.trim();
    const [name = ''] = typed.split(/\s/);
    const known = me.teamId === slack.state.team.id ? slashCommand(slack.manifest, name) : undefined;
    if (known === undefined) refuse(`${name} is not a valid command.`);
    const words = escapeCommand(slack.state, typed.slice(name.length).trimStart(), known.should_escape === true);
    const { payload, responseId } = commandPayload(slack, me, channel, name, words);
    const ack = await slack.ask({ type: 'slash_commands', payload });
    if (!ack.ok) {
      const error = ack.reason === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
      slack.push({ type: 'notice', text: `${name} failed with the error “${error}”` }, [me.id]);
      return {};
    }
    const content = ackContent(ack.body);
    const said = content === undefined ? undefined : respond(slack, responseId, content);
    if (said !== undefined && said.status !== 200) {
      slack.push({ type: 'notice', text: `${name} failed with the error “${errorIn(said.body)}”` }, [me.id]);
    }
    return {};
  },
};

function composable(slack: Slack, me: StoredPerson, id: string): StoredChannel {
  const channel = memberChannel(slack, me, id);
  return isReadOnly(slack, channel) ? refuse('Sending messages to this app has been turned off.') : channel;
}

function errorIn(body: string): string {
  const answer = parseJson(body);
  return isObject(answer) ? textOf(answer['error']) : body;
}

function commandPayload(
  slack: Slack,
  me: StoredPerson,
  channel: StoredChannel,
  name: string,
  text: string,
): { payload: Json; responseId: string } {
  const { state } = slack;
  const responseUrl = newResponseUrl(slack, 'commands', { user: me.id, channel: channel.id });
  const payload = {
    token: 'local-verification-token',
    team_id: state.team.id,
    team_domain: state.team.domain,
    channel_id: channel.id,
    channel_name: channelLabel(channel),
    user_id: me.id,
    user_name: me.name,
    command: name,
    text,
    api_app_id: state.app.id,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: newTrigger(slack, me.id),
  };
  return { payload, responseId: responseUrl.split('/').at(-1) ?? '' };
}

export const deleteMessage: Door<'deleteMessage'> = {
  body: z.object({ as: z.string(), channel: z.string(), ts: z.string() }),
  run: (slack, me, body) => {
    const channel = memberChannel(slack, me, body.channel);
    const found = findMessage(slack.state, channel.id, body.ts) ?? refuse('That message no longer exists.');
    if (found.user !== me.id && me.role !== 'administrator') refuse('You can delete only your own messages.');
    remove(slack, channel, found);
    return {};
  },
};

export const markRead: Door<'markRead'> = {
  body: z.object({ as: z.string(), channel: z.string() }),
  run: (slack, me, body) => {
    const latest = messagesOf(slack.state, body.channel).at(-1)?.ts;
    const reads = (slack.state.reads[me.id] ??= {});
    if (latest !== undefined && reads[body.channel] !== latest) {
      reads[body.channel] = latest;
      slack.changed();
      showSidebars(slack, [me.id]);
    }
    return {};
  },
};
