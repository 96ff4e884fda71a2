/** What the message shortcuts show where no conversation is open. */
import type { ThreadLook } from '../../services/conversation/thread.ts';
import { actions, ago, button, context, modal, placeLink, section, type Modal } from './blocks.ts';
import { ids as card } from './help-card.ts';
import { spoken } from './spoken.ts';

export const ids = { liveChat: 'live_chat', askHere: 'ask_for_help_here', open: 'thread.open' } as const;

/** A thread as a button carries it. */
const spotValue = ({ channelId, threadTs }: { channelId: string; threadTs: string }): string =>
  `${channelId}/${threadTs}`;

export function readSpot(value: string): { channelId: string; threadTs: string } {
  const [channelId = '', threadTs = ''] = value.split('/');
  return { channelId, threadTs };
}

/** No conversation is open in this thread: one press opens it, looking does not. */
export function threadModal(look: Extract<ThreadLook, { found: 'none' }>): Modal {
  const before = look.closedAt === undefined ? '' : ` The last one here was closed ${ago(look.closedAt)}.`;
  const whole = look.channelConversation;
  return modal('Conversation', [
    section(`No conversation is open in this thread.${before}`),
    context('Open one and this thread has its own status, help and *Join*. The customer is told nothing.'),
    actions(
      button(ids.open, 'Open', {
        value: spotValue(look),
        style: 'primary',
        label: 'Open a conversation in this thread',
      }),
    ),
    ...(whole
      ? [
          section(
            `The channel’s own conversation is open: ${placeLink(whole)}`,
            button(card.panel, 'Open panel', { value: whole.id, label: spoken('Open panel', whole) }),
          ),
        ]
      : []),
  ]);
}
