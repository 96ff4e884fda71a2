/** What stands where a help card and its calls stood before the desk asked for help somewhere else. */
import { listed } from '../../domain/wording.ts';
import { channelLink, section } from './blocks.ts';
import { mentionAny, type Message } from './help-card.ts';

const said = (text: string): Message => ({ text, blocks: [section(text)] });

const goesOn = (to: string): string =>
  to === ''
    ? 'This request for help goes on by Home and direct messages: its desk has no help channel now.'
    : `This request for help is in ${channelLink(to)} now.`;

/** @param to the channel it is in now, '' for none */
export const movedCardMessage = (to: string): Message => said(`:arrow_right: ${goesOn(to)}`);

/** @param called people, or a user group */
export const movedCallsMessage = (to: string, called: readonly string[]): Message =>
  said(`:arrow_right: ${listed(called.map(mentionAny))}: ${goesOn(to)} Beckon calls you there or by direct message.`);
