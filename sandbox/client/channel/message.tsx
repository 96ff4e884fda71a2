import { useState } from 'preact/hooks';
import type { Message, Person } from '../../protocol.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { useActions } from '../state/actions.ts';
import { isReply } from '../state/messages.ts';
import { messageForm } from '../state/state.ts';
import { useContextStore, useSelect } from '../state/store.tsx';
import { formatAgo, formatDate } from '../text/date-token.ts';
import { nameOf } from '../text/mentions.tsx';
import { Mrkdwn } from '../text/rich-text.tsx';
import { Avatar, Badges } from '../ui/avatar.tsx';
import { useNow } from '../ui/clock.tsx';
import { Icon } from '../ui/icon.tsx';
import { MessageActions } from './message-actions.tsx';

type Props = { message: Message; compact: boolean; place: 'channel' | 'thread' };

/** One message: author, time, words or blocks, and what can be done with it. */
export function MessageView({ message, compact, place }: Props) {
  const author = useSelect((state) => state.snapshot?.people.find((person) => person.id === message.user));
  const [held, setHeld] = useState(false);
  const short = compact && message.ephemeral !== true;
  return (
    <article
      class={`message ${short ? 'compact' : ''} ${message.ephemeral === true ? 'ephemeral' : ''} ${held ? 'held' : ''}`}
      aria-label={`Message from ${nameOf(author)}`}
      data-ts={message.ts}
    >
      <div class="message-gutter">{short ? <Time ts={message.ts} short /> : <Avatar person={author} />}</div>
      <div class="message-main">
        {message.ephemeral === true && <EphemeralNote message={message} />}
        {!short && <Byline author={author} message={message} />}
        <Content message={message} />
        {place === 'channel' && (message.replyCount ?? 0) > 0 && <ThreadLink message={message} />}
      </div>
      {message.ephemeral !== true && message.subtype === undefined && (
        <MessageActions message={message} place={place} onHold={setHeld} />
      )}
    </article>
  );
}

function Byline({ author, message }: { author: Person | undefined; message: Message }) {
  const actions = useActions();
  return (
    <div class="byline">
      <button type="button" class="author" onClick={() => void actions.openPerson(message.user)}>
        {nameOf(author)}
      </button>
      <Badges person={author} />
      {author && author.statusEmoji !== '' && (
        <span class="author-status" title={author.statusText}>
          <Mrkdwn text={author.statusEmoji} />
        </span>
      )}
      <Time ts={message.ts} />
    </div>
  );
}

/** The time of a message where its reader is. */
function Time({ ts, short = false }: { ts: string; short?: boolean }) {
  const timeZone =
    useSelect((state) => state.snapshot?.people.find((each) => each.id === state.snapshot?.me)?.timeZone) ?? 'UTC';
  const at = Number(ts.split('.')[0]);
  const reader = { now: 0, timeZone, locale: 'en-US' };
  const words = formatDate(at, '{time}', '', reader);
  return (
    <time
      class="time"
      dateTime={new Date(at * 1000).toISOString()}
      title={formatDate(at, '{date_long} at {time_secs}', '', reader)}
    >
      {short ? words.replace(/\s?[AP]M$/u, '') : words}
    </time>
  );
}

function Content({ message }: { message: Message }) {
  const { channel, ts } = message;
  const container = {
    type: 'message',
    channel,
    ts,
    ...(message.ephemeral === true ? { ephemeral: true } : {}),
  } as const;
  const edited = message.edited === true && <span class="edited">(edited)</span>;
  if (message.blocks !== undefined && message.blocks.length > 0) {
    return (
      <div class="message-blocks">
        <Blocks blocks={message.blocks} container={container} formKey={messageForm(channel, ts)} />
        {edited}
      </div>
    );
  }
  return (
    <div class={message.subtype === undefined ? 'message-text' : 'message-text system'}>
      <Mrkdwn text={message.text} />
      {edited}
    </div>
  );
}

function EphemeralNote({ message }: { message: Message }) {
  const store = useContextStore();
  return (
    <p class="ephemeral-note">
      <Icon name="eye" size={14} /> Only visible to you
      <button
        type="button"
        class="link-button"
        onClick={() => store.dispatch({ type: 'dismissMessage', ts: message.ts })}
      >
        Dismiss
      </button>
    </p>
  );
}

function ThreadLink({ message }: { message: Message }) {
  const actions = useActions();
  const now = useNow(30_000);
  const people = useSelect((state) => state.snapshot?.people) ?? [];
  const count = message.replyCount ?? 0;
  const last = Number((message.latestReply ?? message.ts).split('.')[0]) * 1000;
  if (isReply(message)) return null;
  return (
    <button type="button" class="thread-link" onClick={() => actions.openThread(message.channel, message.ts)}>
      {(message.replyUsers ?? []).slice(0, 4).map((id) => (
        <Avatar key={id} person={people.find((person) => person.id === id)} size={22} />
      ))}
      <span class="thread-count">
        {count} {count === 1 ? 'reply' : 'replies'}
      </span>
      <span class="thread-when">Last reply {formatAgo(last, now)}</span>
    </button>
  );
}
