import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { ACK_MS, type EventResult, type Transport } from './http-transport.ts';
import { isObject, type Json, parseJson } from './json.ts';

/** Slack lets an app hold this many connections. */
const MAX_CONNECTIONS = 10;
/** The client gives a connection up after 30 s without a ping. */
const PING_MS = 10_000;
/** How long a client may take to say goodbye. */
const CLOSE_MS = 500;

export type Sockets = Transport & {
  /** a one-time address for one connection, as apps.connections.open answers it */
  ticket: () => string;
  accept: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** asks every client to come back, as Slack does every few hours */
  disconnect: (reason: string) => void;
  close: () => void;
};

type Waiting = (answer: { acked: true; payload: unknown } | { acked: false; reason: 'timeout' | 'failed' }) => void;

/** Socket Mode: envelopes out, acknowledgements back, any number of connections served in turn. */
export function openSockets(appId: string, onChange: (online: boolean) => void): Sockets {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open: WebSocket[] = [];
  const waiting = new Map<string, Waiting>();
  const ping = setInterval(() => {
    for (const socket of open) socket.ping();
  }, PING_MS);
  ping.unref();

  const welcome = (socket: WebSocket): void => {
    if (open.length >= MAX_CONNECTIONS) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
      socket.close();
      return;
    }
    open.push(socket);
    // One for each envelope that waits for its acknowledgement, of which there may be many at once.
    socket.setMaxListeners(0);
    socket.on('message', (data: Buffer) => settle(waiting, data.toString('utf8')));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      const at = open.indexOf(socket);
      if (at !== -1) open.splice(at, 1);
      if (open.length === 0) onChange(false);
    });
    socket.send(hello(appId, open.length));
    if (open.length === 1) onChange(true);
  };

  const send = (envelope: Json): ReturnType<typeof reply> => {
    const socket = open.shift();
    if (socket === undefined) return Promise.resolve({ acked: false, reason: 'failed' });
    open.push(socket);
    return reply(waiting, socket, envelope);
  };

  return {
    online: () => open.length > 0,
    reachable: () => open.length > 0,
    event: async (payload, attempt, reason): Promise<EventResult> => {
      const answer = await send({
        payload,
        type: 'events_api',
        accepts_response_payload: false,
        retry_attempt: attempt,
        retry_reason: reason,
      });
      if (answer.acked) return { ok: true };
      return { ok: false, reason: answer.reason === 'timeout' ? 'timeout' : 'connection_failed', again: true };
    },
    ask: async ({ type, payload }) => {
      const answers = payload['type'] !== 'block_actions' && payload['type'] !== 'view_closed';
      const answer = await send({ payload, type, accepts_response_payload: answers });
      return answer.acked
        ? { ok: true, body: answers ? answer.payload : undefined }
        : { ok: false, reason: answer.reason };
    },
    ticket: () => {
      const ticket = randomUUID();
      tickets.add(ticket);
      return ticket;
    },
    accept: (request, socket, head) => {
      const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        socket.end('HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, welcome);
    },
    disconnect: (reason) => {
      for (const socket of open) {
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local' } }));
      }
    },
    close: () => {
      clearInterval(ping);
      for (const socket of open) {
        socket.close(1001);
        setTimeout(() => socket.terminate(), CLOSE_MS).unref();
      }
      for (const give of waiting.values()) give({ acked: false, reason: 'failed' });
      server.close();
    },
  };
}

function hello(appId: string, connections: number): string {
  return JSON.stringify({
    type: 'hello',
    num_connections: connections,
    debug_info: { host: 'local', build_number: 1, approximate_connection_time: 18_060 },
    connection_info: { app_id: appId },
  });
}

function settle(waiting: Map<string, Waiting>, text: string): void {
  const answer = parseJson(text);
  if (!isObject(answer) || typeof answer['envelope_id'] !== 'string') return;
  waiting.get(answer['envelope_id'])?.({ acked: true, payload: answer['payload'] });
}

/** Sends one envelope and waits for the acknowledgement that names it, the connection's end, or three seconds. */
function reply(waiting: Map<string, Waiting>, socket: WebSocket, envelope: Json): Promise<Parameters<Waiting>[0]> {
  return new Promise((resolve) => {
    const id = randomUUID();
    const done: Waiting = (answer) => {
      clearTimeout(timer);
      waiting.delete(id);
      socket.off('close', lost);
      resolve(answer);
    };
    const lost = (): void => done({ acked: false, reason: 'failed' });
    const timer = setTimeout(() => done({ acked: false, reason: 'timeout' }), ACK_MS);
    waiting.set(id, done);
    socket.once('close', lost);
    socket.send(JSON.stringify({ envelope_id: id, ...envelope }));
  });
}
