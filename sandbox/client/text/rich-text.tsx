import { withEmoji } from './emoji.ts';
import { unescapeEntities } from './entities.ts';
import { ChannelMention, DateText, Link, UserMention } from './mentions.tsx';
import { parseMrkdwn, type Inline, type Piece } from './mrkdwn.ts';
import type { TextObject } from '../blocks/kit.ts';

const parsed = new Map<string, Piece[]>();

function parseOnce(text: string): Piece[] {
  const known = parsed.get(text);
  if (known) return known;
  if (parsed.size > 2000) parsed.clear();
  const pieces = parseMrkdwn(text);
  parsed.set(text, pieces);
  return pieces;
}

/** A text object as Slack draws it. */
export function Text({ text }: { text: TextObject }) {
  if (text.type === 'mrkdwn') return <Mrkdwn text={text.text} />;
  return <>{text.emoji === false ? text.text : withEmoji(text.text)}</>;
}

/** The same as plain words, for names and labels. */
export function plainWords(text: TextObject | undefined): string {
  if (!text) return '';
  return text.type === 'plain_text' ? withEmoji(text.text) : withEmoji(unescapeEntities(text.text));
}

/** Slack's markup: bold, lists, quotes, mentions, dates and the rest. */
export function Mrkdwn({ text }: { text: string }) {
  return (
    <div class="mrkdwn">
      {parseOnce(text).map((piece, index) => (
        <Drawn key={index} piece={piece} />
      ))}
    </div>
  );
}

function Drawn({ piece }: { piece: Piece }) {
  switch (piece.type) {
    case 'pre':
      return <pre>{piece.text}</pre>;
    case 'bullet':
      return (
        <div class="bullet">
          <span>{piece.mark}</span>
          <span>
            <Line parts={piece.line} />
          </span>
        </div>
      );
    case 'quote':
      return (
        <blockquote>
          <Lines lines={piece.lines} />
        </blockquote>
      );
    case 'lines':
      return (
        <div>
          <Lines lines={piece.lines} />
        </div>
      );
  }
}

function Lines({ lines }: { lines: Inline[][] }) {
  return (
    <>
      {lines.map((line, index) => (
        <div key={index} class={line.length === 0 ? 'line blank' : 'line'}>
          <Line parts={line} />
        </div>
      ))}
    </>
  );
}

function Line({ parts }: { parts: Inline[] }) {
  return (
    <>
      {parts.map((part, index) => (
        <Part key={index} part={part} />
      ))}
    </>
  );
}

function Part({ part }: { part: Inline }) {
  switch (part.type) {
    case 'text':
      return <>{part.text}</>;
    case 'bold':
      return (
        <b>
          <Line parts={part.children} />
        </b>
      );
    case 'italic':
      return (
        <i>
          <Line parts={part.children} />
        </i>
      );
    case 'strike':
      return (
        <s>
          <Line parts={part.children} />
        </s>
      );
    case 'code':
      return <code>{part.text}</code>;
    case 'emoji':
      return part.glyph === '' ? (
        <>:{part.name}:</>
      ) : (
        <span class="emoji" role="img" aria-label={part.name} title={`:${part.name}:`}>
          {part.glyph}
        </span>
      );
    case 'link':
      return (
        <Link url={part.url}>
          <Line parts={part.children} />
        </Link>
      );
    case 'user':
      return <UserMention id={part.id} label={part.label} />;
    case 'channel':
      return <ChannelMention id={part.id} label={part.label} />;
    case 'group':
    case 'everyone':
      return <span class="mention mention-me">{part.label}</span>;
    case 'date':
      return <DateText part={part} />;
  }
}
