/** The message that says a conversation is somebody's, and what became of their turn. */
import type { KnownBlock } from '@slack/types';
import type { PassOutcome } from '../../services/forward/pass.ts';
import type { TurnView } from '../../services/forward/turn-view.ts';
import type { ForwardView } from '../../services/forward/view.ts';
import { shorten } from '../../domain/name.ts';
import {
  actions,
  askerOf,
  button,
  channelLink,
  clockTime,
  context,
  escape,
  mention,
  placeLink,
  section,
  thePlace,
} from './blocks.ts';
import { ids as card, names, type Message } from './help-card.ts';
import { reasonsOf } from './reasons.ts';
import { spoken } from './spoken.ts';
import { triedInWords } from './tried.ts';
import { ids as transcript, transcriptEnd } from './transcript.ts';

export const ids = { pass: 'turn.pass', why: 'turn.why' } as const;

const NOTE_SHOWN = 1500;

const customersOf = ({ customers }: TurnView): string => (customers.length === 0 ? 'the customer' : names(customers));

const OUT = ' You are not in the conversation any more, but still in the Slack channel.';

/** How a turn ended, in one sentence to whoever had it. */
function ending({ turn, isIn, isClosed }: TurnView): string {
  if (isClosed) return ':checkered_flag: The conversation was closed.';
  if (turn.state === 'answered') return ':white_check_mark: You answered it.';
  if (turn.state === 'passed') return ':arrow_right: You passed it on.';
  if (turn.state === 'timed_out')
    return `:hourglass: You did not answer in time, so somebody else is asked.${isIn ? '' : OUT}`;
  if (turn.state === 'failed')
    return ':arrow_right: The next agent was asked, because you are not on its desk any more.';
  // Another agent wrote or came in, help was asked for, or it was forwarded again.
  return ':busts_in_silhouette: It does not wait for you alone any more: a colleague came in, or help was asked for.';
}

/** What whoever is still in it needs, also when it is not their turn any more. */
function whatItIsAbout({ note, transcript: said }: TurnView): KnownBlock[] {
  return [...(note === '' ? [] : [section(`:memo: ${escape(shorten(note, NOTE_SHOWN))}`)]), ...transcriptEnd(said)];
}

const openButton = (view: TurnView, style: { style?: 'primary' } = {}) =>
  button(card.panel, 'Open conversation', {
    value: view.turn.conversationId,
    label: spoken('Open conversation', view),
    ...style,
  });

function endedMessage(view: TurnView): Message {
  const isTheirs = view.isIn && !view.isClosed;
  const text = `${placeLink(view)} with ${customersOf(view)}\n${ending(view)}${isTheirs ? ' You are in it.' : ''}`;
  return {
    text,
    blocks: [section(text), ...(isTheirs ? [...whatItIsAbout(view), actions(openButton(view))] : [])],
  };
}

/** "a workflow" begins a sentence. */
function forwardedBy({ forwarderId, forwardedWith }: TurnView): string {
  const who = askerOf({ askedBy: forwarderId, askedWith: forwardedWith });
  return `${who.slice(0, 1).toUpperCase()}${who.slice(1)}`;
}

/** "@Chloé passed it on."; '' for the first who is asked. */
const hadBefore = ({ before }: TurnView): string =>
  before.length === 0 ? '' : ` ${triedInWords(before, ({ userId }) => mention(userId))}.`;

/** It is theirs, and why; once it is over, what became of it. */
export function turnMessage(view: TurnView): Message {
  const { turn, wished, chosen, answerMinutes } = view;
  const place = placeLink(view);
  if (turn.endedAt !== undefined) return endedMessage(view);
  const headline = `:speech_balloon: *${place}* with ${customersOf(view)} is yours. ${forwardedBy(view)} forwarded it.${hadBefore(view)}`;
  const wanted = wished.wanted.map(({ name }) => name);
  const covered = chosen?.covered.map(({ name }) => name) ?? [];
  const deadline = answerMinutes === 0 ? '' : `  ·  goes to the next after ${answerMinutes} min without an answer`;
  return {
    text: headline,
    blocks: [
      section(headline),
      ...(chosen ? [section(`Why you: ${reasonsOf(chosen, wished)}.`)] : []),
      ...(wanted.length === 0 ? [] : [context(`:mortar_board: Wanted: ${names(wanted, covered)}`)]),
      ...whatItIsAbout(view),
      actions(
        openButton(view, { style: 'primary' }),
        ...(view.transcript.trim() === ''
          ? []
          : [button(transcript.open, 'Transcript', { value: turn.conversationId, label: spoken('Transcript', view) })]),
        button(ids.pass, 'Pass', { value: turn.id, label: spoken('Pass', view) }),
        button(ids.why, 'Why me?', { value: turn.conversationId, label: spoken('Why me?', view) }),
      ),
      context(`Write in the conversation and it stays yours${deadline}.`),
    ],
  };
}

/** True whether or not anybody can be called: who is, is found out only then. */
const helpAsked = (helpChannelId: string): string =>
  helpChannelId === ''
    ? 'Beckon asks for help now; the request is on every agent’s Home.'
    : `Beckon asks for help in ${channelLink(helpChannelId)} now; the request there says who is called.`;

/** Whoever forwarded it reads that nobody took it, and what happens now. */
export function forwarderMessage({ forward, turns, helpChannelId, ...place }: ForwardView): Message {
  const tried = triedInWords(turns, ({ name, claimedAt }) => `${names([name])} (${clockTime(claimedAt)})`);
  const next =
    forward.state === 'no_agent'
      ? 'Nobody who could take it is left. If nothing happens for ten minutes, Beckon asks for help.'
      : helpAsked(helpChannelId);
  const text = `:mega: Nobody has taken ${thePlace(place)} yet. ${tried}. ${next}`;
  return { text, blocks: [section(text)] };
}

/** Why it is not theirs to pass any more. */
function tooLate({ turn, has }: Extract<PassOutcome, { outcome: 'stale' }>): string {
  if (turn.state === 'arriving') return 'You are still being added to its channel. Press *Pass* again in a moment.';
  if (turn.state === 'answered') return 'You have answered it, so it is yours. `/livechat leave` takes you out of it.';
  if (has) return `${mention(has.userId)} has had it since ${clockTime(has.since)}.`;
  return turn.state === 'passed'
    ? 'You have passed it on already; the next agent is being chosen.'
    : 'It is not your turn any more.';
}

/** What whoever pressed *Pass* reads, where the message itself does not say it. */
export const passedReply = (outcome: PassOutcome): string =>
  outcome.outcome === 'passed'
    ? `:arrow_right: You have passed on ${thePlace(outcome)}. The next agent is being chosen; you are still in the Slack channel.`
    : `${placeLink(outcome)}: ${tooLate(outcome)}`;
