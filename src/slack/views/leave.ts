/** Leaving a conversation. */
import type { Button } from '@slack/types';
import type { LeaveOutcome } from '../../services/conversation/leave.ts';
import { actions, button, modal, plain, section, thePlace, type Modal } from './blocks.ts';
import { ids as forward } from './forward.ts';
import { ids as invite } from './invite.ts';
import { ids as panel } from './panel.ts';
import { spoken } from './spoken.ts';

export const ids = {
  /** A button whose value is a conversation. */
  leave: panel.leave,
  anyway: 'leave.anyway',
} as const;

const NOBODY_LEFT =
  ' Nobody of your team is in it now: on Home it comes first among its desk’s open conversations, and whoever writes in it comes in.';

export const leftReply = (left: LeaveOutcome): string =>
  `:wave: You have left the conversation in ${thePlace(left)}. The customer was told nothing, and you are still in the Slack channel.${left.isEmpty ? NOBODY_LEFT : ''}`;

const TITLE = 'Leave conversation';

export const leftModal = (left: LeaveOutcome): Modal => modal(TITLE, [section(leftReply(left))]);

/** What keeps the customer from waiting for nobody, the likeliest first. */
function offers(last: LeaveOutcome): Button[] {
  const { conversationId: value } = last;
  const askText = last.isLookingForHelp ? 'Ask again' : 'Ask for help';
  return [
    button(panel.ask, askText, { value, style: 'primary', label: spoken(askText, last) }),
    button(forward.open, 'Forward', { value, label: spoken('Forward', last) }),
    button(invite.open, 'Invite people', { value, label: spoken('Invite people', last) }),
    button(panel.close, 'Close conversation', {
      value,
      label: spoken('Close conversation', last),
      confirm: {
        title: plain('Close this conversation?'),
        text: plain('Its status is cleared and nobody is looked for any more. The customer is told nothing.'),
        confirm: plain('Close it'),
        deny: plain('Keep it open'),
      },
    }),
    button(ids.anyway, 'Leave all the same', {
      value,
      style: 'danger',
      label: spoken('Leave all the same', last),
      confirm: {
        title: plain('Leave all the same?'),
        text: plain('Nobody of your team will be in this conversation, and nobody is called.'),
        confirm: plain('Leave'),
        deny: plain('Stay'),
      },
    }),
  ];
}

/** The last one in is offered what would keep the customer from waiting for nobody. */
export function lastOneModal(last: LeaveOutcome): Modal {
  const asked = last.isLookingForHelp
    ? ' It is *Looking for help*, and whoever joins would be alone with the customer.'
    : '';
  return modal(TITLE, [
    section(
      `You are the last one in ${thePlace(last)}.${asked} When you go, the customer waits for nobody. What should happen?`,
    ),
    actions(...offers(last)),
  ]);
}
