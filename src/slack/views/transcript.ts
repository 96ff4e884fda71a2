/** What was said before a bot handed a conversation over. */
import type { KnownBlock } from '@slack/types';
import type { Transcript } from '../../services/conversation/transcript.ts';
import { context, escape, modal, placeLink, section, SECTION_MAX, type Modal } from './blocks.ts';

export const ids = {
  /** A button anywhere that shows the transcript of the conversation whose id is its value. */
  open: 'transcript.open',
} as const;

/** Of the hundred blocks a view may have, the rest is for what stands around them. */
const PIECES_MAX = 95;
/** Letters of its end in a message. */
const END_SHOWN = 1200;

const quoted = (line: string): string => `>${escape(line)}`;

/** A line as one quotation, or as several where it is too long for a section. */
function cut(line: string): string[] {
  const whole = quoted(line);
  if (whole.length <= SECTION_MAX) return [whole];
  const parts: string[] = [];
  let part = '>';
  for (const letter of line) {
    const shown = escape(letter);
    if (part.length + shown.length > SECTION_MAX) {
      parts.push(part);
      part = '>';
    }
    part += shown;
  }
  return [...parts, part];
}

/** The text as quotations that sections take, with its lines as they are. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let piece: string | undefined;
  for (const line of text.trim().split(/\r\n|[\n\r\u2028\u2029]/)) {
    for (const part of cut(line)) {
      if (piece === undefined) piece = part;
      else if (piece.length + 1 + part.length <= SECTION_MAX) piece += `\n${part}`;
      else {
        pieces.push(piece);
        piece = part;
      }
    }
  }
  return text.trim() === '' || piece === undefined ? [] : [...pieces, piece];
}

/** Its end, for a message that says whose the conversation is; nothing where there is none. */
export function transcriptEnd(text: string): KnownBlock[] {
  const letters = Array.from(text.trim());
  if (letters.length === 0) return [];
  const end = letters.slice(-END_SHOWN).join('');
  const shown = piecesOf(letters.length > END_SHOWN ? `…${end}` : end);
  return [context('What was said before:'), ...shown.map((piece) => section(piece))];
}

export function transcriptModal(transcript: Transcript): Modal {
  const pieces = piecesOf(transcript.text);
  const shown = pieces.slice(-PIECES_MAX);
  return modal('Transcript', [
    context(
      `What was said before ${placeLink(transcript)} was opened, as the bot handed it over. Only your team sees it.`,
    ),
    ...(shown.length < pieces.length ? [context('The beginning is too long to be shown.')] : []),
    ...(shown.length === 0 ? [section('The bot handed over nothing.')] : shown.map((piece) => section(piece))),
  ]);
}
