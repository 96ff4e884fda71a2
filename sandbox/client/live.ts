import type { LiveEvent } from '../protocol.ts';

type Listener = { event: (event: LiveEvent) => void; connected: () => void; lost: () => void };

/**
 * Follows what happens to one person. After a lost connection `connected` is called again, so that what was missed can be
 * read anew. Returns a function that stops.
 */
export function followEvents(as: string, listener: Listener): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = 500;
  const connect = () => {
    source = new EventSource(`/client/events?as=${encodeURIComponent(as)}`);
    source.addEventListener('open', () => {
      waitMs = 500;
      listener.connected();
    });
    source.addEventListener('message', (message: MessageEvent<string>) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape is fixed by ../protocol.ts
      listener.event(JSON.parse(message.data) as LiveEvent);
    });
    source.addEventListener('error', () => {
      source.close();
      listener.lost();
      timer = setTimeout(connect, waitMs);
      waitMs = Math.min(waitMs * 2, 5000);
    });
  };
  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
