import type { ComponentChildren } from 'preact';
import type { Person } from '../../protocol.ts';
import { useActions } from '../state/actions.ts';
import { linkTarget, placeToHash } from '../state/route.ts';
import { useSelect } from '../state/store.tsx';
import { useNow } from '../ui/clock.tsx';
import { formatDate } from './date-token.ts';
import { withEmoji } from './emoji.ts';
import { unescapeEntities } from './entities.ts';
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

/** An address; those of Slack itself open in this page. */
export function Link({ url, children }: { url: string; children: ComponentChildren }) {
  const actions = useActions();
  const target = linkTarget(url);
  if (!target)
    return (
      <a href={url} target="_blank" rel="noreferrer">
        {children}
      </a>
    );
  const open = (event: Event) => {
    event.preventDefault();
    actions.go(target.place);
    if (target.thread !== undefined && target.place.type === 'channel')
      actions.openThread(target.place.id, target.thread);
  };
  return (
    <a href={url} onClick={open}>
      {children}
    </a>
  );
}

/** A person as this page calls them. */
export function nameOf(person: Person | undefined, fallback = 'unknown'): string {
  return person ? person.displayName || person.realName || person.name : fallback;
}

function UserMention({ id, label }: { id: string; label: string }) {
  const actions = useActions();
  const person = useSelect((state) => state.snapshot?.people.find((each) => each.id === id));
  const me = useSelect((state) => state.snapshot?.me === id);
  const open = () => void actions.openPerson(id);
  return (
    <button type="button" class={me ? 'mention mention-me' : 'mention'} onClick={open}>
      @{nameOf(person, label === '' ? id : label)}
    </button>
  );
}

function ChannelMention({ id, label }: { id: string; label: string }) {
  const actions = useActions();
  const channel = useSelect((state) => state.snapshot?.channels.find((each) => each.id === id));
  const name = channel?.name ?? (label === '' ? 'private-channel' : label);
  if (!channel) return <span class="mention">#{name}</span>;
  const open = (event: Event) => {
    event.preventDefault();
    actions.go({ type: 'channel', id });
  };
  return (
    <a href={placeToHash({ type: 'channel', id })} class="mention" onClick={open}>
      #{name}
    </a>
  );
}

function DateText({ part }: { part: Extract<Inline, { type: 'date' }> }) {
  const now = useNow(part.format.includes('{ago}') ? 5000 : 60_000);
  const timeZone = useSelect(
    (state) => state.snapshot?.people.find((each) => each.id === state.snapshot?.me)?.timeZone,
  );
  const text = formatDate(part.at, part.format, part.fallback, { now, timeZone: timeZone ?? 'UTC', locale: 'en-US' });
  const time = (
    <time
      dateTime={new Date(part.at * 1000).toISOString()}
      title={new Date(part.at * 1000).toLocaleString('en-US', { timeZone: timeZone ?? 'UTC' })}
    >
      {text}
    </time>
  );
  return part.url === '' ? time : <Link url={part.url}>{time}</Link>;
}
