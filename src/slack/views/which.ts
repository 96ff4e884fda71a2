/** Several conversations are open in a channel, and commands do not run in threads: which one is meant? */
import type { KnownBlock } from '@slack/types';
import { STATUS_NAMES } from '../../domain/conversation.ts';
import type { AboutConversation } from '../../services/conversation/about.ts';
import type { StatusByHand } from '../../services/conversation/set-status.ts';
import { button, context, modal, plain, section, type Modal } from './blocks.ts';
import { apart, conversationFacts, conversationTitle } from './conversation-row.ts';
import { ids as forward } from './forward.ts';
import { ids as card } from './help-card.ts';
import { ids as invite } from './invite.ts';
import { ids as panel } from './panel.ts';
import { spokenEach } from './spoken.ts';
import { ids as why } from './why.ts';

export const ids = {
  /** A button whose value is a conversation that looks for help. */
  join: 'which.join',
  /** A button whose value is a conversation and the status it shall have. */
  status: 'which.status',
} as const;

/** What somebody typed, and wants to do to one of them. */
export type Wish =
  | 'panel'
  | 'ask'
  | 'invite'
  | 'forward'
  | 'why'
  | 'join'
  | 'leave'
  | 'close'
  | { readonly status: StatusByHand };

type Way = { readonly actionId: string; readonly text: string; readonly question: string };

const WAYS: Record<Extract<Wish, string>, Way> = {
  panel: { actionId: card.panel, text: 'Open panel', question: 'Open the panel of the one you mean.' },
  ask: { actionId: panel.ask, text: 'Ask for help', question: 'Where do you need help?' },
  invite: { actionId: invite.open, text: 'Invite people', question: 'Which one should others come into?' },
  forward: { actionId: forward.open, text: 'Forward', question: 'Which one should go to somebody else?' },
  why: { actionId: why.open, text: 'Why this agent?', question: 'About which one do you want to know?' },
  join: { actionId: ids.join, text: 'Join', question: 'Which one do you join?' },
  leave: { actionId: panel.leave, text: 'Leave', question: 'Which one do you leave?' },
  close: { actionId: panel.close, text: 'Close', question: 'Which one do you close?' },
};

const wayOf = (wish: Wish): Way =>
  typeof wish === 'string'
    ? WAYS[wish]
    : {
        actionId: ids.status,
        text: `Set to ${STATUS_NAMES[wish.status]}`,
        question: `Which one is *${STATUS_NAMES[wish.status]}*?`,
      };

const statusValue = (conversationId: string, status: StatusByHand): string => `${conversationId}/${status}`;

/** Of a button that sets a status. */
export function readStatus(value: string): { conversationId: string; status: StatusByHand } {
  const [conversationId = '', status] = value.split('/');
  return { conversationId, status: status === 'waiting' ? 'waiting' : 'in_progress' };
}

/** What destroys asks first. */
const closing = {
  title: plain('Close this conversation?'),
  text: plain('Everybody in it is free at once. The customer is told nothing.'),
  confirm: plain('Close it'),
  deny: plain('Keep it open'),
};

type Named = { text: string; label: string };

function row(conversation: AboutConversation, { text, label }: Named, wish: Wish): KnownBlock {
  const { conversationId } = conversation;
  const way = wayOf(wish);
  return section(
    text,
    button(way.actionId, way.text, {
      value: typeof wish === 'string' ? conversationId : statusValue(conversationId, wish.status),
      label,
      ...(wish === 'close' && { confirm: closing }),
    }),
  );
}

/** A view holds a hundred blocks. */
const SHOWN_MAX = 90;

/** Each with what tells it from the others, and a button that does to it what was wanted. */
export function whichModal(open: readonly AboutConversation[], wish: Wish = 'panel'): Modal {
  const shown = open.slice(0, SHOWN_MAX);
  const texts = apart(shown.map((each) => `${conversationTitle(each)}\n${conversationFacts(each).join('  ·  ')}`));
  const labels = spokenEach(wayOf(wish).text, shown);
  const left = open.length - shown.length;
  const blocks = [
    section(`Several conversations are open in this channel. ${wayOf(wish).question}`),
    ...shown.map((each, index) => row(each, { text: texts[index] ?? '', label: labels[index] ?? '' }, wish)),
    ...(left > 0
      ? [context(`${left} more. Use the shortcut *Live chat* on the first message of the one you mean.`)]
      : []),
  ];
  // Its buttons may say Close, and mean the conversation.
  return modal('Which conversation?', blocks, { close: 'Cancel' });
}
