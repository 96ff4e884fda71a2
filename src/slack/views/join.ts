/** What somebody who pressed *Join* reads. */
import type { JoinOutcome } from '../../services/help/join.ts';
import type { SeatView } from '../../services/conversation/seat.ts';
import { actions, button, clockTime, mention, placeLink, section, thePlace } from './blocks.ts';
import { ids, type Message } from './help-card.ts';
import { spoken } from './spoken.ts';

/** The answer beside the button. Who lost reads who won and when, and may come in as well. */
export function joinAnswer(outcome: JoinOutcome): Message {
  const place = thePlace(outcome);
  if (outcome.outcome === 'claimed') {
    const told = outcome.isRootGone === true ? ROOT_GONE : 'the customer is told when you are in.';
    const text = `:tada: It is yours. You are being added to ${place}; ${told}`;
    return { text, blocks: [section(text)] };
  }
  if (outcome.outcome === 'already_in') {
    const text = `You are in this conversation already: ${place}.`;
    return { text, blocks: [section(text)] };
  }
  const text = `${mention(outcome.winnerId)} was faster and came in at ${clockTime(outcome.at)}: ${place}.`;
  return {
    text,
    blocks: [
      section(text),
      actions(
        button(ids.joinAsWell, 'Join as well', {
          value: outcome.conversationId,
          label: spoken('Join as well', outcome),
        }),
      ),
    ],
  };
}

const ROOT_GONE = 'the customer may not read of it there, so write to them in the channel.';

/** What somebody reads who came into a thread in which Beckon could not tell the customer. */
export function threadGoneMessage(seat: SeatView): Message {
  const text = `:warning: You are in a ${placeLink({ ...seat, isRootGone: true })}. Beckon could not tell the customer there that you joined. Write to them in the channel; if they do not need help any more, close the conversation.`;
  const panel = button(ids.panel, 'Open panel', { value: seat.conversationId, label: spoken('Open panel', seat) });
  return { text, blocks: [section(text), actions(panel)] };
}

/** The answer to *Not now*. */
export function notNowReply(isNew: boolean, isReplaced: boolean): string {
  if (!isNew) return 'You have said so already.';
  return isReplaced
    ? 'All right. Somebody else has been called.'
    : 'All right. Whoever else was called can still come.';
}

/** Slack's reasons for not letting somebody in, and what to do about each. */
const REASONS: Record<string, string> = {
  closed: 'the conversation was closed meanwhile. Thank you all the same.',
  is_archived: 'the channel is archived.',
  no_answer:
    'Slack had trouble for an hour and did not say whether you were added. If you see the channel, write there and you are in the conversation; if not, press *Join* again or ask somebody there to invite you.',
  not_in_channel: 'Beckon is not in the channel any more. Somebody there can type `/invite @Beckon`.',
  channel_not_found: 'Beckon is not in the channel any more. Somebody there can type `/invite @Beckon`.',
  user_is_restricted: 'your Slack account may not join it. Ask an admin of your workspace.',
  ura_max_channels: 'your Slack account may be in no further channel. Ask an admin of your workspace.',
  cant_invite: 'this workspace does not let Beckon add people there. Ask somebody in the channel to invite you.',
  no_permission: 'this workspace does not let Beckon add people there. Ask somebody in the channel to invite you.',
  restricted_action: 'this workspace does not let Beckon add people there. Ask somebody in the channel to invite you.',
};

const OTHER = 'Slack would not add you. Ask somebody in the channel to invite you, then press *Join* again.';

/** Why somebody could not get in, and what to do. */
export function couldNotJoinMessage(seat: SeatView, reason: string): Message {
  const why = REASONS[reason];
  const again = seat.requestId !== '' && seat.isLookingForHelp ? ' It is *Looking for help* again.' : '';
  const text = `:no_entry: You could not join ${thePlace(seat)}: ${why ?? OTHER}${again}`;
  return { text, blocks: [section(text)] };
}
