/** What the message shortcuts show where no conversation is open, and which of several somebody means. */
import type { Place } from '../../domain/place.ts';
import type { ThreadLook } from '../../services/conversation/thread.ts';
import { actions, ago, button, context, modal, placeLink, section, type Modal } from './blocks.ts';
import { ids as card } from './help-card.ts';

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
  return modal('Live chat', [
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
            button(card.panel, 'Open panel', { value: whole.id }),
          ),
        ]
      : []),
  ]);
}

/** A view holds a hundred blocks. */
const SHOWN_MAX = 90;

/** Several conversations are open in a channel: which one? */
export function whichModal(open: readonly (Place & { id: string })[]): Modal {
  return modal('Which conversation?', [
    section(
      'Several conversations are open in this channel. Open the panel of the one you mean; everything can be done from there.',
    ),
    ...open
      .slice(0, SHOWN_MAX)
      .map((each) => section(placeLink(each), button(card.panel, 'Open panel', { value: each.id }))),
    ...(open.length > SHOWN_MAX
      ? [context(`${open.length - SHOWN_MAX} more. Use the shortcut *Live chat* on their first message.`)]
      : []),
  ]);
}
