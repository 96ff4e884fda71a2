import type { ComponentChildren } from 'preact';
import type { Person } from '../../protocol.ts';
import { useActions } from '../state/actions.ts';
import { linkTarget, placeToHash } from '../state/route.ts';
import { useSelect } from '../state/store.tsx';
import { useNow } from '../ui/clock.tsx';
import { formatDate } from './date-token.ts';
import type { Inline } from './mrkdwn.ts';

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

/** A person in a text; a press opens the direct messages with them. */
export function UserMention({ id, label }: { id: string; label: string }) {
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

/** A channel in a text, by name where this person sees it. */
export function ChannelMention({ id, label }: { id: string; label: string }) {
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

/** A date in a text, where and when it is read. */
export function DateText({ part }: { part: Extract<Inline, { type: 'date' }> }) {
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
