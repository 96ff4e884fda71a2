import type { ActionBody, Container, StateValues } from '../requests.ts';
import { mergeState } from '../blockkit/state.ts';
import { faultText, messageFaults } from './blocks.ts';
import { isObject, type Json } from './json.ts';
import { findEphemeral } from './messages.ts';
import { channelLabel, findElement, messageObject, teamOf, viewObject } from './payloads.ts';
import { newResponseUrl } from './response-urls.ts';
import type { Slack } from './slack.ts';
import {
  findMessage,
  nextTs,
  type StoredChannel,
  type StoredMessage,
  type StoredPerson,
  type StoredView,
} from './state.ts';
import { newTrigger } from './triggers.ts';
import { typedInto } from './views.ts';

/**
 * What every interaction payload begins with; `user` differs a little by kind, as Slack's do. In a view `team` is the
 * person's own, with the app's in `view.app_installed_team_id`; a click on a message names the workspace the app is in
 * (Bolt finds its installation by it) and only `user.team_id` tells an outsider.
 */
export function common(slack: Slack, person: StoredPerson, surface?: Surface): Json {
  const { id, domain } = slack.state.team;
  return {
    team: surface?.kind === 'message' ? { id, domain } : teamOf(slack.state, person.id),
    user: { id: person.id, username: person.name, name: person.name, team_id: person.teamId },
    api_app_id: slack.state.app.id,
    token: 'local-verification-token',
    is_enterprise_install: false,
    enterprise: null,
  };
}

/** The view or message an interaction happened in, found for this person; undefined where they cannot see it (any more). */
export type Surface =
  | { kind: 'view'; view: StoredView }
  | { kind: 'message'; message: StoredMessage; channel: StoredChannel };

export function findSurface(slack: Slack, user: string, container: Container): Surface | undefined {
  if (container.type === 'view') {
    const view = slack.state.views[container.viewId];
    return view?.user === user ? { kind: 'view', view } : undefined;
  }
  const channel = slack.state.channels[container.channel];
  const message =
    findEphemeral(slack, user, container.channel, container.ts) ??
    findMessage(slack.state, container.channel, container.ts);
  return channel === undefined || message === undefined ? undefined : { kind: 'message', message, channel };
}

/** A press or a choice, as Slack tells the app of it; undefined where there is no such element. */
export function blockActions(
  slack: Slack,
  person: StoredPerson,
  surface: Surface,
  action: ActionBody,
  typed: StateValues,
): Json | undefined {
  const blocks = surface.kind === 'view' ? surface.view.blocks : (surface.message.blocks ?? []);
  const element = findElement(blocks, action.block_id, action.action_id);
  if (element?.['type'] !== action.type) return undefined;
  const told = {
    ...picked(element, ['text', 'value', 'style', 'confirm', 'placeholder', 'accessibility_label']),
    ...action,
    action_ts: nextTs(slack.state, slack.now()),
  };
  if (surface.kind === 'view') typedInto(surface.view, typed);
  const trigger = newTrigger(
    slack,
    person.id,
    surface.kind === 'view' && surface.view.type === 'modal' ? surface.view.id : undefined,
  );
  slack.changed();
  return {
    type: 'block_actions',
    ...common(slack, person, surface),
    ...placeOf(slack, person, surface, blocks, typed),
    trigger_id: trigger,
    actions: [told],
  };
}

function picked(element: Json, keys: string[]): Json {
  return Object.fromEntries(keys.flatMap((key) => (element[key] === undefined ? [] : [[key, element[key]]])));
}

function placeOf(slack: Slack, person: StoredPerson, surface: Surface, blocks: Json[], typed: StateValues): Json {
  if (surface.kind === 'view') return { ...containerOf(surface), view: viewObject(slack.state, surface.view) };
  const { message, channel } = surface;
  const ephemeral = message.ephemeralFor !== undefined;
  return {
    ...containerOf(surface),
    channel: { id: channel.id, name: channelLabel(channel) },
    ...(ephemeral ? {} : { message: messageObject(slack.state, message, { metadata: true }) }),
    state: { values: mergeState(blocks, typed) },
    response_url: newResponseUrl(slack, 'actions', {
      user: person.id,
      channel: channel.id,
      original: { ts: message.ts, ephemeral },
      ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    }),
  };
}

/** The container of a payload, in Slack's words. */
function containerOf(surface: Surface): Json {
  if (surface.kind === 'view') return { container: { type: 'view', view_id: surface.view.id } };
  const { message } = surface;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
      channel_id: message.channel,
      is_ephemeral: message.ephemeralFor !== undefined,
    },
  };
}

/** A search in a select whose options the app provides. */
export function blockSuggestion(
  slack: Slack,
  person: StoredPerson,
  surface: Surface,
  asked: { blockId: string; actionId: string; value: string },
): Json {
  return {
    type: 'block_suggestion',
    ...common(slack, person, surface),
    ...containerOf(surface),
    action_id: asked.actionId,
    block_id: asked.blockId,
    value: asked.value,
    ...(surface.kind === 'view'
      ? { view: viewObject(slack.state, surface.view) }
      : {
          channel: { id: surface.channel.id, name: channelLabel(surface.channel) },
          ...(surface.message.ephemeralFor === undefined
            ? { message: messageObject(slack.state, surface.message, { metadata: true }) }
            : {}),
        }),
  };
}

/** The options of an answer to a search, or what Slack would not take about it. They keep the rules of a static select. */
export function suggestionsOf(body: unknown): { offered: Json } | { fault: string } {
  const key = isObject(body) && Array.isArray(body['option_groups']) ? 'option_groups' : 'options';
  const list = isObject(body) ? body[key] : undefined;
  if (!Array.isArray(list)) return { fault: 'no options in the answer' };
  if (list.length === 0) return { offered: { [key]: [] } };
  const select = { type: 'static_select', action_id: 'offered', [key]: list };
  const [fault] = messageFaults([{ type: 'actions', elements: [select] }]);
  return fault === undefined ? { offered: { [key]: list } } : { fault: faultText(fault) };
}
