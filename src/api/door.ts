/** The API's own server, for Socket Mode; over HTTP its requests come to the port that Slack's come to. */
import { createServer, type RequestListener, type Server } from 'node:http';

/** Where to listen; `host` '' is every address. */
export type Listening = { readonly port: number; readonly host: string };

export type ApiServer = {
  start(): Promise<void>;
  /** Takes no more requests; resolves when those under way are answered. */
  stop(): Promise<void>;
};

const listening = (server: Server, { port, host }: Listening): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host !== '' && { host }) }, resolve);
  });

/** A connection that a bot keeps open for its next request is idle once this one is answered; it must not hold up the stop. */
const HANG_UP_EVERY_MS = 50;

function closed(server: Server): Promise<void> {
  const hangUp = setInterval(() => server.closeIdleConnections(), HANG_UP_EVERY_MS);
  return new Promise((resolve, reject) => {
    server.close((error) => {
      clearInterval(hangUp);
      if (error === undefined) resolve();
      else reject(error);
    });
  });
}

/** @param where undefined: it listens nowhere */
export function apiServer(listener: RequestListener, where: Listening | undefined): ApiServer {
  const server = createServer(listener);
  return {
    start: () => (where === undefined ? Promise.resolve() : listening(server, where)),
    stop: () => (server.listening ? closed(server) : Promise.resolve()),
  };
}
