import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { LiveEvent } from '../protocol.ts';

const HEARTBEAT_MS = 15_000;
/** How long a page may take to say goodbye. */
const CLOSE_MS = 500;
/** A page only listens. */
const MAX_HEARD_BYTES = 1024;

export type Live = {
  open: (user: string, request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  push: (event: LiveEvent, people?: string[]) => void;
  close: () => void;
};

/**
 * Open pages, by the person they are open as: one WebSocket each, with a heartbeat. Not server-sent events, because a
 * browser keeps only six HTTP/1.1 connections to one host for all its tabs, and every tab would hold one.
 */
export function openLive(): Live {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_HEARD_BYTES });
  const pages = new Set<{ user: string; socket: WebSocket }>();
  const heartbeat = setInterval(() => {
    for (const { socket } of pages) socket.ping();
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    open: (user, request, stream, head) => {
      server.handleUpgrade(request, stream, head, (socket) => {
        const page = { user, socket };
        pages.add(page);
        socket.on('error', () => socket.terminate());
        socket.on('close', () => pages.delete(page));
      });
    },
    push: (event, people) => {
      const data = JSON.stringify(event);
      for (const { user, socket } of pages) {
        if (people === undefined || people.includes(user)) socket.send(data);
      }
    },
    close: () => {
      clearInterval(heartbeat);
      for (const { socket } of pages) {
        socket.close(1001);
        setTimeout(() => socket.terminate(), CLOSE_MS).unref();
      }
      server.close();
    },
  };
}
