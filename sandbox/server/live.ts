import type { ServerResponse } from 'node:http';
import type { LiveEvent } from '../protocol.ts';

const HEARTBEAT_MS = 15_000;

export type Live = {
  open: (user: string, response: ServerResponse) => void;
  push: (event: LiveEvent, people?: string[]) => void;
  close: () => void;
};

/** Open pages, by the person they are open as: server-sent events with a heartbeat. */
export function openLive(): Live {
  const pages = new Set<{ user: string; response: ServerResponse }>();
  const heartbeat = setInterval(() => {
    for (const page of pages) page.response.write(': still here\n\n');
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    open: (user, response) => {
      const page = { user, response };
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write('retry: 1000\n\n');
      pages.add(page);
      response.on('close', () => pages.delete(page));
    },
    push: (event, people) => {
      const data = `data: ${JSON.stringify(event)}\n\n`;
      for (const page of pages) {
        if (people === undefined || people.includes(page.user)) page.response.write(data);
      }
    },
    close: () => {
      clearInterval(heartbeat);
      for (const page of pages) page.response.end();
    },
  };
}
