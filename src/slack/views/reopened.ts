/** To the agent whose customer wrote again after the conversation was closed. */
import type { SeatView } from '../../services/conversation/seat.ts';
import { actions, button, placeLink, section } from './blocks.ts';
import { ids as card, type Message } from './help-card.ts';
import { spoken } from './spoken.ts';

export function reopenedMessage(seat: SeatView): Message {
  const text = `:leftwards_arrow_with_hook: The customer wrote again in a conversation you had: ${placeLink(seat)}. It is open again, and you are in it.`;
  return {
    text,
    blocks: [
      section(text),
      actions(button(card.panel, 'Open panel', { value: seat.conversationId, label: spoken('Open panel', seat) })),
    ],
  };
}
