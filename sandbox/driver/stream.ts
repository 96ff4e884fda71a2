import { WebSocket } from 'ws';
import type { LiveEvent } from '../protocol.ts';

/** How long a story waits for something to be seen before it counts as not happening. */
const DEADLINE_MS = 5000;

export type Stream = {
  /** everything pushed so far, oldest first */
  events: LiveEvent[];
  /** resolves at the next push after `seen` of them, or at the deadline */
  next: (seen: number, deadline: number) => Promise<void>;
  close: () => void;
};

/** Listens to the live changes of one person, as their page would. */
export async function openStream(url: string, user: string): Promise<Stream> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/client/events?as=${encodeURIComponent(user)}`);
  const events: LiveEvent[] = [];
  let wakers: (() => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const event: unknown = JSON.parse(data.toString('utf8'));
    if (!isEvent(event)) return;
    events.push(event);
    for (const waker of wakers) waker();
    wakers = [];
  });
  await opened(socket, user);
  return {
    events,
    next: (seen, deadline) =>
      new Promise((resolve) => {
        if (events.length > seen) return resolve();
        const timer = setTimeout(resolve, Math.max(0, deadline - Date.now()));
        wakers.push(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
    close: () => socket.terminate(),
  };
}

function opened(socket: WebSocket, user: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve);
    // It stays listened to: once open, an error is the server's end, and there is nothing more to hear.
    socket.on('error', (error) => reject(new Error(`no live events for ${user}: ${error.message}`)));
  });
}

/**
 * Asks until the answer is something, each time a change is pushed. `undefined`, `null`, `false` and an empty list are
 * "not yet"; so is a thrown error, whose words appear when the deadline passes.
 */
export async function untilSeen<T>(stream: Stream, look: () => Promise<T> | T): Promise<NonNullable<T>> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const seen = stream.events.length;
    const { answer, reason } = await tryTo(look);
    if (
      answer !== undefined &&
      answer !== null &&
      answer !== false &&
      !(Array.isArray(answer) && answer.length === 0)
    ) {
      return answer;
    }
    if (Date.now() >= deadline)
      throw new Error(`not seen within ${DEADLINE_MS} ms${reason === '' ? '' : `: ${reason}`}`);
    await stream.next(seen, deadline);
  }
}

async function tryTo<T>(look: () => Promise<T> | T): Promise<{ answer?: T; reason: string }> {
  try {
    return { answer: await look(), reason: '' };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The stream is this project's own, so a type is taken to mean the rest. */
function isEvent(value: unknown): value is LiveEvent {
  return typeof value === 'object' && value !== null && 'type' in value;
}
