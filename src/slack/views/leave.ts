/** Leaving a conversation. */
import type { LeaveOutcome } from '../../services/conversation/leave.ts';
import { actions, button, modal, placeLink, plain, section, type Modal } from './blocks.ts';
import { ids as panel } from './panel.ts';

export const ids = {
  /** A button whose value is a conversation. */
  leave: panel.leave,
  anyway: 'leave.anyway',
} as const;

export const leftReply = (left: LeaveOutcome): string =>
  `:wave: You have left the conversation in ${placeLink(left)}. The customer was told nothing, and you are still in the Slack channel.`;

export const leftModal = (left: LeaveOutcome): Modal => modal('Leave', [section(leftReply(left))]);

/** The last one in is offered what would keep the customer from waiting for nobody. */
export function lastOneModal(last: LeaveOutcome): Modal {
  const ask = button(panel.ask, last.isLookingForHelp ? 'Ask again' : 'Ask for help', {
    value: last.conversationId,
    style: 'primary',
  });
  const close = button(panel.close, 'Close conversation', {
    value: last.conversationId,
    confirm: {
      title: plain('Close this conversation?'),
      text: plain('Its status is cleared and nobody is looked for any more. The customer is told nothing.'),
      confirm: plain('Close it'),
      deny: plain('Keep it open'),
    },
  });
  const anyway = button(ids.anyway, 'Leave all the same', {
    value: last.conversationId,
    style: 'danger',
    confirm: {
      title: plain('Leave all the same?'),
      text: plain('Nobody of your team will be in this conversation, and nobody is called.'),
      confirm: plain('Leave'),
      deny: plain('Stay'),
    },
  });
  const asked = last.isLookingForHelp ? ' It is looking for help; who joins would be alone with the customer.' : '';
  return modal('Leave', [
    section(
      `You are the last one in ${placeLink(last)}.${asked} When you go, the customer waits for nobody. What should happen?`,
    ),
    actions(ask, close, anyway),
  ]);
}
