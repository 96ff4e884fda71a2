/** What whoever forwarded by hand reads: who gets it and why, or that nobody can. */
import type { KnownBlock } from '@slack/types';
import { NO_AGENT_MINUTES } from '../../domain/forward.ts';
import { listed } from '../../domain/wording.ts';
import type { ForwardedByHand } from '../../services/forward/form.ts';
import { actions, button, context, mention, modal, section, thePlace, type Modal } from './blocks.ts';
import { askButton } from './forward.ts';
import { names } from './help-card.ts';
import { reasonsOf } from './reasons.ts';
import { spoken } from './spoken.ts';
import { ids as why, leftOutInWords } from './why.ts';

function foundModal({ outcome, decision, answerMinutes, isOpened }: ForwardedByHand): Modal {
  const place = thePlace(outcome);
  const [winner] = decision.considered;
  const reasons = winner ? reasonsOf(winner, decision.record) : '';
  const missing = winner?.missing ?? [];
  const next =
    answerMinutes === 0 ? '' : ` If they do not answer within ${answerMinutes} min or pass, the next best gets it.`;
  return modal('Forward', [
    ...openedFirst(isOpened),
    section(`:arrow_right: ${mention(winner?.userId ?? '')} gets *${place}*: ${reasons}.`),
    ...(missing.length === 0 ? [] : [section(`Not covered: ${names(missing.map(({ name }) => name))}.`)]),
    section(
      `They are being added to it, read why in a direct message, and the customer reads that they joined.${next} You stay in the conversation.`,
    ),
    actions(whyButton(decision.conversationId, outcome)),
  ]);
}

const openedFirst = (isOpened: boolean): KnownBlock[] =>
  isOpened ? [section(':speech_balloon: The conversation is open.')] : [];

const whyButton = (conversationId: string, place: Parameters<typeof spoken>[1], text = 'Why this agent?') =>
  button(why.open, text, { value: conversationId, label: spoken(text, place) });

/** Who gets it and why; or that nobody is available, and what happens next. */
export function forwardedModal(forwarded: ForwardedByHand): Modal {
  const { outcome, decision, isAdministrator } = forwarded;
  if (outcome.outcome === 'forwarded') return foundModal(forwarded);
  const reasons = leftOutInWords(decision.record.leftOut, isAdministrator);
  const away =
    decision.record.away.length === 0 ? '' : ` Found away just now: ${listed(decision.record.away.map(mention))}.`;
  const nothing = forwarded.isOpened ? '' : 'nothing was changed and ';
  return modal('Forward', [
    ...openedFirst(forwarded.isOpened),
    section(`:hourglass: Nobody is available for *${thePlace(outcome)}* now, so ${nothing}the customer reads nothing.`),
    ...(reasons === '' && away === '' ? [] : [context(`${reasons}${away}`.trim())]),
    section(
      `If nothing happens in it for ${NO_AGENT_MINUTES} minutes, it is *Looking for help* and experts are called. You need not wait for that:`,
    ),
    actions(askButton(decision.conversationId, outcome), whyButton(decision.conversationId, outcome, 'Why nobody?')),
  ]);
}
