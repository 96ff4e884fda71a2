/** What somebody did, as Bolt hands it to a door, and what opening a modal for it takes. */
import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  Context,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Actor } from '../services/deps.ts';
import { actorOf } from './actor.ts';

export type Command = SlackCommandMiddlewareArgs & AllMiddlewareArgs;

/** On a button. */
export type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** On whatever tells of it when something else is chosen or typed. */
export type Change = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** In a list whose options Beckon looks up. */
export type Search = SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs;

export type Submission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** What a modal is opened with, and for whom. */
export type Showing = {
  readonly client: WebClient;
  readonly triggerId: string;
  /** Asked for in a modal it is laid on top of it. */
  readonly how: 'open' | 'push';
  readonly actor: Actor;
};

type Asked = {
  readonly client: WebClient;
  readonly context: Context;
  readonly body: { readonly trigger_id: string; readonly view?: { readonly type: string } };
};

/** Of a command, a shortcut or a click. */
export const showing = ({ client, context, body }: Asked): Showing => ({
  client,
  triggerId: body.trigger_id,
  how: body.view?.type === 'modal' ? 'push' : 'open',
  actor: actorOf({ body, context }),
});
