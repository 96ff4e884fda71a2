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

const closed = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
  });

/** @param where undefined: it listens nowhere */
export function apiServer(listener: RequestListener, where: Listening | undefined): ApiServer {
  const server = createServer(listener);
  return {
    start: () => (where === undefined ? Promise.resolve() : listening(server, where)),
    stop: () => (server.listening ? closed(server) : Promise.resolve()),
  };
}
