/** What somebody who asked for help is told by itself. */
import type { AskerTold, Came } from '../../services/help/asker.ts';
import type { HelpCard } from '../../services/help/card.ts';
import type { Continued } from '../../services/help/still-needed.ts';
import { actions, ago, button, mention, placeLink, section, thePlace } from './blocks.ts';
import { ids as card, mentionAny, names, type Message } from './help-card.ts';
import { leftOutWords } from './left-out.ts';
import { ids as invite } from './invite.ts';
import { spoken } from './spoken.ts';

export const ids = { still: 'help.still_needed' } as const;

const about = ({ wanted }: HelpCard): string => (wanted.length === 0 ? 'on its desk' : `who knows ${names(wanted)}`);

function words(request: HelpCard, what: AskerTold): string {
  const place = thePlace(request);
  if (what === 'waiting') {
    return `:hourglass: Nobody ${about(request)} is available for ${place} just now. The first one back is called; until then it stays under *Looking for help*.`;
  }
  if (what === 'fallback') {
    return `:hourglass: Nobody has joined ${place} yet, so ${mentionAny(request.fallback.to)} has been called as well.`;
  }
  return `:warning: Nobody has joined ${place} yet, and nobody ${about(request)} is left to call. It stays under *Looking for help*; you can invite somebody yourself.`;
}

/** What becomes of a request nobody has answered, and what the asker can do. */
export function askerToldMessage(request: HelpCard, what: AskerTold): Message {
  const text = words(request, what);
  const { conversationId } = request;
  const ways = actions(
    button(invite.open, 'Invite people', { value: conversationId, label: spoken('Invite people', request) }),
    button(card.panel, 'Open panel', { value: conversationId, label: spoken('Open panel', request) }),
  );
  return { text, blocks: [section(text), ways] };
}

/** Their conversation was closed while help was looked for. */
export function askerClosedMessage(request: HelpCard): Message {
  const text = `:checkered_flag: The conversation was closed while you were looking for help: ${thePlace(request)}. Nobody is called any more.`;
  const panel = button(card.panel, 'Open panel', {
    value: request.conversationId,
    label: spoken('Open panel', request),
  });
  return { text, blocks: [section(text), actions(panel)] };
}

function howTheyCame({ cameBy, invitedBy }: Came, askedBy: string): string {
  if (cameBy === 'wrote') return 'wrote in it';
  if (cameBy === 'added') return 'was added to the channel';
  return invitedBy === askedBy ? 'came in, as you asked' : `came in, invited by ${mention(invitedBy)}`;
}

/** Somebody came in otherwise than by Join: the request is over, unless the asker says otherwise. */
export function askerCameMessage(request: HelpCard, came: Came): Message {
  const text = `:wave: ${mention(came.userId)} ${howTheyCame(came, request.askedBy)}: ${thePlace(request)}. It is *In progress* again and nobody else is called.`;
  const still = button(ids.still, 'Still need help', {
    value: request.requestId,
    label: spoken('Still need help', request),
  });
  return {
    text,
    blocks: [
      section(text),
      actions(
        still,
        button(card.panel, 'Open panel', { value: request.conversationId, label: spoken('Open panel', request) }),
      ),
    ],
  };
}

/** The answer to *Still need help*. */
export const stillNeededReply = (continued: Continued): string =>
  `${calledOrNot(continued)}${leftOutWords(continued.leftOut, continued.wanted, continued.called.length)}`;

function calledOrNot({ called, next, askedAt, ...place }: Continued): string {
  const looking = `:sos: ${placeLink(place)} is *Looking for help* again, first asked ${ago(askedAt)}.`;
  if (called.length > 0)
    return `${looking} ${called.map(mention).join(', ')} ${called.length === 1 ? 'has' : 'have'} been called.`;
  if (next === 'waiting') return `${looking} Nobody who matches is available now; the first one back is called.`;
  if (next === 'fallback')
    return `${looking} Nobody who matches can be called, so the desk’s fallback has been called.`;
  return `${looking} Everybody who matches has been called or is already here.`;
}
