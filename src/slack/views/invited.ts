/** What inviting leads to: whoever was invited reads by whom, whoever invited reads who could not get in. */
import type { SeatView } from '../../services/conversation/seat.ts';
import { actions, button, mention, section, thePlace } from './blocks.ts';
import { ids as card, type Message } from './help-card.ts';
import { ids } from './invite.ts';
import { spoken } from './spoken.ts';

/** To whoever was invited, once they are in. */
export function youWereInvitedMessage(seat: SeatView): Message {
  const told =
    seat.isRootGone === true
      ? 'the customer may not have read that you joined, so write to them in the channel.'
      : 'the customer has read that you joined.';
  const text = `:wave: ${mention(seat.invitedBy)} invited you into ${thePlace(seat)}. You are in; ${told}`;
  return {
    text,
    blocks: [
      section(text),
      actions(button(card.panel, 'Open panel', { value: seat.conversationId, label: spoken('Open panel', seat) })),
    ],
  };
}

/** Slack's reasons for not letting somebody in, and what to do about each. */
const REASONS: Record<string, string> = {
  is_archived: 'the channel is archived.',
  not_in_channel: 'Beckon is not in the channel any more. Type `/invite @Beckon` there, then invite them again.',
  channel_not_found: 'Beckon is not in the channel any more. Type `/invite @Beckon` there, then invite them again.',
  no_answer:
    'Slack had trouble for an hour and did not say whether they were added. Look who is in the channel: if they are, they come into the conversation by writing there; if not, invite them again.',
  user_is_restricted: 'their Slack account may not join it. Ask an admin of your workspace.',
  ura_max_channels: 'their Slack account may be in no further channel. Ask an admin of your workspace.',
  user_disabled: 'their Slack account is deactivated.',
  user_not_found: 'their Slack account is deactivated.',
};

const OTHER = 'Slack would not add them. Invite them in the channel yourself, or choose somebody else.';

/** To whoever invited: who could not get in, and what to do. */
export function couldNotInviteMessage(seat: SeatView, reason: string): Message {
  const text = `:no_entry: Beckon could not bring ${mention(seat.userId)} into ${thePlace(seat)}: ${REASONS[reason] ?? OTHER}`;
  const again = seat.isClosed
    ? []
    : [
        actions(
          button(ids.open, 'Invite people', { value: seat.conversationId, label: spoken('Invite people', seat) }),
        ),
      ];
  return { text, blocks: [section(text), ...again] };
}
