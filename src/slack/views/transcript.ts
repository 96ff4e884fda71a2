/** What was said before a bot handed a conversation over. */
import type { KnownBlock } from '@slack/types';
import type { Transcript } from '../../services/conversation/transcript.ts';
import { context, modal, placeLink, plain, section, SECTION_MAX, type Modal } from './blocks.ts';

export const ids = {
  /** A button anywhere that shows the transcript of the conversation whose id is its value. */
  open: 'transcript.open',
} as const;

/** UTF-16 units; a letter is one or two. */
const PIECE = Math.floor(SECTION_MAX / 2);
/** Of the hundred blocks a view may have, the rest is for what stands around them. */
const PIECES_MAX = 95;
const MESSAGE_PIECE = 1200;

/** The text in pieces that sections take, broken between lines where that is possible. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const line of text.split('\n')) {
    for (const part of line.match(new RegExp(`[^]{1,${PIECE}}`, 'gu')) ?? ['']) {
      if (piece !== '' && piece.length + part.length >= SECTION_MAX) {
        pieces.push(piece);
        piece = part;
      } else piece = piece === '' ? part : `${piece}\n${part}`;
    }
  }
  return [...pieces, piece].filter((one) => one.trim() !== '');
}

const textSection = (text: string): KnownBlock => ({ type: 'section', text: plain(text) });

/** Its end, for a message that says whose the conversation is; nothing where there is none. */
export function transcriptEnd(text: string): KnownBlock[] {
  const letters = Array.from(text.trim());
  if (letters.length === 0) return [];
  const end = letters.slice(-MESSAGE_PIECE).join('');
  return [context('What was said before:'), textSection(letters.length > MESSAGE_PIECE ? `…${end}` : end)];
}

export function transcriptModal(transcript: Transcript): Modal {
  const pieces = piecesOf(transcript.text);
  const shown = pieces.slice(-PIECES_MAX);
  return modal('Transcript', [
    context(
      `What was said before ${placeLink(transcript)} was opened, as the bot handed it over. Only your team sees it.`,
    ),
    ...(shown.length < pieces.length ? [context('The beginning is too long to be shown.')] : []),
    ...(shown.length === 0 ? [section('The bot handed over nothing.')] : shown.map(textSection)),
  ]);
}
