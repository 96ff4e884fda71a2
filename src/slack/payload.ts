/** What every payload of Slack's has, read once at the edge. */
import type { StringIndexed } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';

type Kind = 'command' | 'click' | 'shortcut' | 'submission' | 'closed' | 'options' | 'event';

const KINDS: Record<string, Kind> = {
  block_actions: 'click',
  shortcut: 'shortcut',
  message_action: 'shortcut',
  view_submission: 'submission',
  view_closed: 'closed',
  block_suggestion: 'options',
  event_callback: 'event',
};

// Blocks are what Slack accepted from us and echoes; they are sent again, not read.
const EchoedView = z.object({
  id: z.string(),
  type: z.enum(['modal', 'home']),
  callback_id: z.string().optional(),
  title: z.custom<ModalView['title']>().optional(),
  submit: z.custom<NonNullable<ModalView['submit']>>().nullish(),
  close: z.custom<NonNullable<ModalView['close']>>().nullish(),
  blocks: z.custom<ModalView['blocks']>(),
  private_metadata: z.string().optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
});

const Payload = z.object({
  type: z.string().optional(),
  command: z.string().optional(),
  trigger_id: z.string().optional(),
  user_id: z.string().optional(),
  user: z.object({ id: z.string() }).optional(),
  view: EchoedView.optional(),
});

export type EchoedModal = { id: string; modal: ModalView };

export type Payload = {
  kind: Kind;
  userId: string | undefined;
  triggerId: string | undefined;
  /** The modal the payload comes from, ready to be sent again without the fields Slack added itself. */
  modal: EchoedModal | undefined;
};

function modalOf(view: z.infer<typeof EchoedView> | undefined): EchoedModal | undefined {
  if (view?.type !== 'modal' || view.title === undefined) return undefined;
  return {
    id: view.id,
    modal: {
      type: 'modal',
      title: view.title,
      blocks: view.blocks,
      ...(view.callback_id && { callback_id: view.callback_id }),
      ...(view.submit && { submit: view.submit }),
      ...(view.close && { close: view.close }),
      ...(view.private_metadata && { private_metadata: view.private_metadata }),
      ...(view.clear_on_close !== undefined && { clear_on_close: view.clear_on_close }),
      ...(view.notify_on_close !== undefined && { notify_on_close: view.notify_on_close }),
    },
  };
}

/** Reads what all payloads share. Events have a `user` of other shapes: theirs are read by their own doors. */
export function readPayload(body: StringIndexed): Payload {
  if (body['type'] === 'event_callback')
    return { kind: 'event', userId: undefined, triggerId: undefined, modal: undefined };
  const payload = Payload.parse(body);
  return {
    kind: payload.command === undefined ? (KINDS[payload.type ?? ''] ?? 'event') : 'command',
    userId: payload.user?.id ?? payload.user_id,
    triggerId: payload.trigger_id,
    modal: modalOf(payload.view),
  };
}
