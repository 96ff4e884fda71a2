/** Servers of HTTP: how long they wait for whoever connects, how they stop, and the API's own, for Socket Mode. */
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';

/** Where to listen; `host` '' is every address. */
export type Listening = { readonly port: number; readonly host: string };

export type ApiServer = {
  start(): Promise<void>;
  /** Takes no more requests; resolves when those under way are answered, or have had the time for it. */
  stop(): Promise<void>;
};

/** How a server treats whoever connects. */
export type Serving = {
  readonly limits: ServerOptions;
  /** Takes no more requests; resolves when those under way are answered, or have had the time for it. */
  readonly close: (server: Server) => Promise<void>;
};

/** In milliseconds. Node's own limits are minutes: so long somebody who sends nothing, or a byte at a time, would keep a connection. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1000 };

/** Whatever is asked is answered within it; who has not even asked by then must not hold up the stop. A supervisor waits for about ten seconds. */
const GRACE_MS = 4000;
/** A connection that a bot keeps open for its next request is idle once this one is answered. */
const HANG_UP_EVERY_MS = 50;

/** Takes no more connections, hangs up those that are idle at once, and the rest after the grace; resolves when none is left. */
export function closeServer(server: Server, graceMs = GRACE_MS): Promise<void> {
  const hangUp = setInterval(() => server.closeIdleConnections(), HANG_UP_EVERY_MS);
  const late = setTimeout(() => server.closeAllConnections(), graceMs);
  return new Promise((resolve, reject) => {
    server.close((error) => {
      clearInterval(hangUp);
      clearTimeout(late);
      if (error === undefined) resolve();
      else reject(error);
    });
  });
}

export const serving: Serving = { limits: LIMITS, close: (server) => closeServer(server) };

const listening = (server: Server, { port, host }: Listening): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host !== '' && { host }) }, resolve);
  });

/** @param where undefined: it listens nowhere */
export function apiServer(
  listener: RequestListener,
  where: Listening | undefined,
  { limits, close }: Serving = serving,
): ApiServer {
  const server = createServer(limits, listener);
  return {
    start: () => (where === undefined ? Promise.resolve() : listening(server, where)),
    stop: () => (server.listening ? close(server) : Promise.resolve()),
  };
}
