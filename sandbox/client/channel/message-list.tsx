import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Message } from '../../protocol.ts';
import { useSelect } from '../state/store.tsx';
import { useNow } from '../ui/clock.tsx';
import { dayOf, followsClosely } from './grouping.ts';
import { MessageView } from './message.tsx';

type Props = { label: string; messages: Message[] | undefined; place: 'channel' | 'thread'; intro?: ComponentChildren };

const nearBottom = 120;

/** Messages by day, the newest at the bottom; it stays there unless somebody has scrolled up to read. */
export function MessageList({ label, messages, place, intro }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const timeZone =
    useSelect((state) => state.snapshot?.people.find((each) => each.id === state.snapshot?.me)?.timeZone) ?? 'UTC';
  const now = useNow(60_000);
  useLayoutEffect(() => {
    if (list.current && stuck.current) list.current.scrollTop = list.current.scrollHeight;
  }, [messages]);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => {
      if (list.current && stuck.current) list.current.scrollTop = list.current.scrollHeight;
    });
    if (list.current) observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  const onScroll = () => {
    const element = list.current;
    if (element) stuck.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearBottom;
  };
  return (
    <div
      ref={list}
      class={`message-list message-list-${place}`}
      role="log"
      aria-label={label}
      aria-live="polite"
      tabIndex={0}
      onScroll={onScroll}
    >
      <div class="message-list-inside">
        {intro}
        {messages === undefined ? (
          <Skeleton />
        ) : (
          messages.map((message, index) => {
            const before = messages[index - 1];
            const day = dayOf(message.ts, timeZone, now);
            const newDay = before === undefined || dayOf(before.ts, timeZone, now) !== day;
            const compact = !newDay && !(place === 'thread' && index === 1) && followsClosely(before, message);
            return (
              <div key={message.ts}>
                {newDay && place === 'channel' && <DayLine day={day} />}
                <MessageView message={message} compact={compact} place={place} />
                {place === 'thread' && index === 0 && messages.length > 1 && <ReplyLine count={messages.length - 1} />}
              </div>
            );
          })
        )}
      </div>
    </div>
  );
}

function DayLine({ day }: { day: string }) {
  return (
    <div class="day-line" role="separator" aria-label={day}>
      <span>{day}</span>
    </div>
  );
}

function ReplyLine({ count }: { count: number }) {
  return (
    <p class="reply-line">
      {count} {count === 1 ? 'reply' : 'replies'}
    </p>
  );
}

function Skeleton() {
  return (
    <div class="skeletons" aria-hidden="true">
      {[72, 48, 84, 60].map((width) => (
        <div key={width} class="skeleton">
          <span class="skeleton-avatar" />
          <span class="skeleton-lines">
            <i style="width:120px" />
            <i style={`width:${width}%`} />
          </span>
        </div>
      ))}
    </div>
  );
}
