import { z } from 'zod';
import { checkSubmission } from '../../blockkit/submission.ts';
import { mergeState } from '../../blockkit/state.ts';
import { validateView } from '../../blockkit/validate.ts';
import { faultText } from '../blocks.ts';
import { ackContent } from '../http-transport.ts';
import { blockActions, blockSuggestion, common, findSurface, suggestionsOf } from '../interactive.ts';
import { isObject, type Json } from '../json.ts';
import { shortcut as knownShortcut } from '../manifest.ts';
import { channelLabel, messageObject, viewObject } from '../payloads.ts';
import { newResponseUrl } from '../response-urls.ts';
import type { Slack } from '../slack.ts';
import { findMessage, nextTs, type StoredPerson, type StoredView } from '../state.ts';
import { newTrigger } from '../triggers.ts';
import { clearStack, MAX_STACK, popView, pushView, replaceView, stackOf, typedInto } from '../views.ts';
import { channelOf, type Door, refuse } from './door.ts';

/** Pressing, choosing, submitting, closing: everything a person does to what the app showed them. */

const TROUBLE = 'We had some trouble connecting. Try again?';
const GONE = 'This is no longer there.';

const values = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())));
const container = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), channel: z.string(), ts: z.string(), ephemeral: z.boolean().exactOptional() }),
  z.object({ type: z.literal('view'), viewId: z.string() }),
]);
const text = z.string().exactOptional();
const texts = z.array(z.string()).exactOptional();
const actionBody = z.object({
  type: z.string(),
  block_id: z.string(),
  action_id: z.string(),
  value: text,
  selected_option: z.unknown().exactOptional(),
  selected_options: z.array(z.unknown()).exactOptional(),
  selected_user: text,
  selected_users: texts,
  selected_channel: text,
  selected_channels: texts,
  selected_conversation: text,
  selected_conversations: texts,
  selected_date: text,
  selected_time: text,
  selected_date_time: z.number().exactOptional(),
});

export const action: Door<'action'> = {
  body: z.object({ as: z.string(), container, action: actionBody, state: values }),
  run: async (slack, me, body) => {
    const surface = findSurface(slack, me.id, body.container) ?? refuse(GONE);
    if (surface.kind === 'message' && !surface.channel.memberIds.includes(me.id)) refuse('Join the channel first.');
    const payload = blockActions(slack, me, surface, body.action, body.state) ?? refuse(GONE);
    const ack = await slack.ask({ type: 'interactive', payload });
    return ack.ok ? {} : refuse(TROUBLE);
  },
};

export const options: Door<'options'> = {
  body: z.object({ as: z.string(), container, blockId: z.string(), actionId: z.string(), value: z.string() }),
  run: async (slack, me, body) => {
    const surface = findSurface(slack, me.id, body.container) ?? refuse(GONE);
    const ack = await slack.ask({ type: 'interactive', payload: blockSuggestion(slack, me, surface, body) });
    const found = ack.ok ? suggestionsOf(ack.body) : { fault: 'no answer' };
    return 'offered' in found ? found.offered : refuse(`Unable to load options: ${found.fault}`);
  },
};

export const shortcut: Door<'shortcut'> = {
  body: z.object({ as: z.string(), callbackId: z.string(), channel: text, ts: text }),
  run: async (slack, me, body) => {
    const known = me.teamId === slack.state.team.id ? knownShortcut(slack.manifest, body.callbackId) : undefined;
    if (known === undefined) return refuse('This shortcut is not available to you.');
    const payload =
      known.type === 'global' ? globalShortcut(slack, me, known.callback_id) : messageShortcut(slack, me, body);
    const ack = await slack.ask({ type: 'interactive', payload });
    return ack.ok ? {} : refuse(`${known.name} failed. ${TROUBLE}`);
  },
};

function globalShortcut(slack: Slack, me: StoredPerson, callbackId: string): Json {
  return {
    type: 'shortcut',
    ...common(slack, me),
    user: { id: me.id, username: me.name, team_id: me.teamId },
    action_ts: nextTs(slack.state, slack.now()),
    callback_id: callbackId,
    trigger_id: newTrigger(slack, me.id),
  };
}

function messageShortcut(
  slack: Slack,
  me: StoredPerson,
  body: { callbackId: string; channel?: string; ts?: string },
): Json {
  const channel = channelOf(slack, body.channel ?? '');
  const message = findMessage(slack.state, channel.id, body.ts ?? '') ?? refuse(GONE);
  return {
    type: 'message_action',
    ...common(slack, me),
    user: { id: me.id, name: me.name },
    action_ts: nextTs(slack.state, slack.now()),
    channel: { id: channel.id, name: channelLabel(channel) },
    callback_id: body.callbackId,
    trigger_id: newTrigger(slack, me.id),
    message_ts: message.ts,
    message: messageObject(slack.state, message, { metadata: true }),
    response_url: newResponseUrl(slack, 'app', {
      user: me.id,
      channel: channel.id,
      ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    }),
  };
}

export const submit: Door<'submit'> = {
  body: z.object({ as: z.string(), viewId: z.string(), state: values }),
  run: async (slack, me, body) => {
    const view = openModal(slack, me, body.viewId);
    const errors = checkSubmission(view.blocks, mergeState(view.blocks, body.state));
    if (Object.keys(errors).length > 0) return { errors };
    typedInto(view, body.state);
    slack.changed();
    const ack = await slack.ask({
      type: 'interactive',
      payload: {
        type: 'view_submission',
        ...common(slack, me),
        trigger_id: newTrigger(slack, me.id, view.id),
        view: viewObject(slack.state, view),
        response_urls: [],
      },
    });
    if (!ack.ok) return refuse(TROUBLE);
    return applySubmission(slack, me, view, ackContent(ack.body));
  },
};

/** What the app's acknowledgement does to the stack: nothing said closes the view that was submitted. */
function applySubmission(slack: Slack, me: StoredPerson, view: StoredView, body: Json | undefined): Json {
  const response = body?.['response_action'];
  if (response === 'clear') clearStack(slack, me.id);
  else if (response === 'errors') return fieldErrors(view, body);
  else if (response === 'update' || response === 'push') return showNext(slack, me, view, response, body?.['view']);
  else if (body === undefined && stackOf(slack, me.id).at(-1) === view.id) popView(slack, me.id);
  else if (body !== undefined) return refuse(TROUBLE);
  return {};
}

/** Slack shows errors only on input blocks of the view; others make it refuse the answer. */
function fieldErrors(view: StoredView, body: Json | undefined): Json {
  const errors = body?.['errors'];
  const inputs = new Set(view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id));
  if (!isObject(errors) || Object.keys(errors).some((id) => !inputs.has(id))) return refuse(TROUBLE);
  return { errors };
}

function showNext(slack: Slack, me: StoredPerson, view: StoredView, how: 'update' | 'push', next: unknown): Json {
  const [fault] = validateView(next, 'modal');
  if (!isObject(next) || fault !== undefined) {
    const reason = fault === undefined ? 'no view' : faultText(fault);
    slack.push({ type: 'notice', text: `The app’s view was refused: ${reason}` }, [me.id]);
    return refuse(TROUBLE);
  }
  if (how === 'update') {
    if (slack.state.views[view.id] === view) replaceView(slack, view, next);
    return {};
  }
  if (stackOf(slack, me.id).length >= MAX_STACK) return refuse(TROUBLE);
  pushView(slack, me.id, next);
  return {};
}

export const closeView: Door<'closeView'> = {
  body: z.object({ as: z.string(), viewId: z.string(), clear: z.boolean().exactOptional() }),
  run: (slack, me, body) => {
    const view = openModal(slack, me, body.viewId);
    const all = body.clear === true || view.clearOnClose;
    const closing = all ? stackOf(slack, me.id).flatMap((id) => slack.state.views[id] ?? []) : [view];
    if (all) clearStack(slack, me.id);
    else popView(slack, me.id);
    for (const closed of closing.filter((one) => one.notifyOnClose).toReversed()) {
      const payload = {
        type: 'view_closed',
        ...common(slack, me),
        view: viewObject(slack.state, closed),
        is_cleared: all,
      };
      void slack.ask({ type: 'interactive', payload });
    }
    return {};
  },
};

/** Only the top of the stack can be submitted or closed. */
function openModal(slack: Slack, me: StoredPerson, id: string): StoredView {
  const view = slack.state.views[id];
  return view !== undefined && stackOf(slack, me.id).at(-1) === id ? view : refuse('This window was closed.');
}
