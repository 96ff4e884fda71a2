import type { LiveEvent } from '../protocol.ts';

type Listener = { event: (event: LiveEvent) => void; connected: () => void; lost: () => void };

/**
 * Follows what happens to one person for as long as the page is open. After a lost connection `connected` is called again,
 * so that what was missed can be read anew.
 */
export function followEvents(as: string, listener: Listener): void {
  let waitMs = 500;
  const connect = () => {
    const origin = location.origin.replace(/^http/, 'ws');
    const socket = new WebSocket(`${origin}/client/events?as=${encodeURIComponent(as)}`);
    socket.addEventListener('open', () => {
      waitMs = 500;
      listener.connected();
    });
    socket.addEventListener('message', (message: MessageEvent<string>) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape is fixed by ../protocol.ts
      listener.event(JSON.parse(message.data) as LiveEvent);
    });
    // A connection that fails ends with `close` too, so there is no need to listen for `error`.
    socket.addEventListener('close', () => {
      listener.lost();
      setTimeout(connect, waitMs);
      waitMs = Math.min(waitMs * 2, 5000);
    });
  };
  connect();
}
