import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { messages, publishedHome, snapshot } from './client-api/snapshot.ts';
import { Refused } from './client-api/door.ts';
import { actor, serveClient } from './client-api/serve.ts';
import { isTrusted, readArguments, readBody, sendJson, sendText } from './http.ts';
import { type Json, parseJson, textOf } from './json.ts';
import type { Live } from './live.ts';
import { respond } from './response-urls.ts';
import { showPeople } from './show.ts';
import type { Slack } from './slack.ts';
import { type Mount, serveFile } from './static-files.ts';
import { serve, type ServeNeeds, withoutToken } from './web-api/serve.ts';

/** A local workspace may run for weeks. */
const CALLS_KEPT = 20_000;

export type Routes = ServeNeeds & {
  slack: Slack;
  live: Live;
  mounts: readonly Mount[];
  /** counts work the idle promise waits for */
  during: <T>(work: Promise<T>) => Promise<T>;
};

/** Sends every request to its part of the server. */
export async function route(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const { pathname: path } = url;
  if (!isTrusted(request)) return sendText(response, 403, 'forbidden');
  if (path.startsWith('/api/')) return routes.during(webApi(routes, request, response, url));
  if (path.startsWith('/response/')) return routes.during(responseUrl(routes, request, response, path));
  if (path.startsWith('/client/') && request.method === 'POST') return clientPost(routes, request, response, path);
  if (path.startsWith('/client/')) return clientGet(routes, response, url);
  const found = request.method === 'GET' && (await serveFile(routes.mounts, path, response));
  if (!found) sendText(response, 404, 'not found');
}

/**
 * Takes a page's WebSocket. A browser lets any page open one anywhere, so here the host and the origin are all that keeps
 * a foreign page from listening.
 */
export function routeLive(
  { slack, live }: Pick<Routes, 'slack' | 'live'>,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  if (!isTrusted(request)) return refuse(socket, '403 Forbidden');
  try {
    live.open(actor(slack, searchOf(request).get('as')).id, request, socket, head);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refuse(socket, '404 Not Found');
  }
}

function searchOf(request: IncomingMessage): URLSearchParams {
  return new URL(request.url ?? '/', 'http://localhost').searchParams;
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
}

async function webApi(routes: Routes, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const { slack } = routes;
  const method = url.pathname.slice('/api/'.length);
  const body = await readBody(request);
  const args = body === undefined ? undefined : readArguments(request, url, body);
  if (args === undefined) return sendJson(response, 200, { ok: false, error: 'invalid_json' });
  const token =
    /^Bearer (?<token>\S+)$/.exec(request.headers.authorization ?? '')?.groups?.['token'] ?? textOf(args['token']);
  const call = { method, args: withoutToken(args), at: slack.now() };
  const answer = serve(slack, routes, method, token, call.args);
  slack.calls.push({ ...call, answer: answer.status === 200 ? answer.body : { status: answer.status } });
  if (slack.calls.length > CALLS_KEPT) slack.calls.shift();
  if ((slack.knobs.latencyMs ?? 0) > 0) await wait(slack.knobs.latencyMs);
  if (answer.cut === true) {
    request.socket.destroy();
    return;
  }
  sendJson(response, answer.status, answer.body, {
    'x-oauth-scopes': [...slack.scopes].join(','),
    ...answer.headers,
  });
}

async function responseUrl(
  routes: Routes,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const body = await readBody(request);
  const answer = respond(routes.slack, path.split('/').at(-1) ?? '', parseJson(body ?? ''));
  sendText(response, answer.status, answer.body);
}

async function clientPost(
  routes: Routes,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  // A foreign page can post forms and plain text without asking first; JSON it cannot.
  if (request.headers['content-type']?.startsWith('application/json') !== true)
    return sendText(response, 415, 'JSON only');
  const body = parseJson((await readBody(request)) ?? '');
  const answer = await serveClient(routes.slack, path.slice('/client/'.length), body);
  if (answer === undefined) sendText(response, 404, 'not found');
  else sendJson(response, 200, answer);
}

function clientGet(routes: Routes, response: ServerResponse, url: URL): void {
  const { slack } = routes;
  const query = url.searchParams;
  try {
    if (url.pathname === '/client/people') {
      return sendJson(response, 200, { people: showPeople(slack).filter(({ id }) => id !== slack.state.app.botUser) });
    }
    const me = actor(slack, query.get('as'));
    const answer: Record<string, () => unknown> = {
      '/client/snapshot': () => snapshot(slack, me),
      '/client/messages': (): Json => ({
        messages: messages(slack, me, query.get('channel') ?? '', query.get('thread')),
      }),
      '/client/home': () => ({ view: publishedHome(slack, me) }),
    };
    const give = answer[url.pathname];
    if (give === undefined) sendText(response, 404, 'not found');
    else sendJson(response, 200, give());
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    sendJson(response, 404, { ok: false, error: error.message });
  }
}
