import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Json, isObject, parseJson } from './json.ts';

const MAX_BODY_BYTES = 5_000_000;

/** The whole body as text; undefined where it is too large. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Arguments of a Web API call: a form, JSON, or the query; undefined where the JSON is none. */
export function readArguments(request: IncomingMessage, url: URL, body: string): Json | undefined {
  const query = Object.fromEntries(url.searchParams);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) {
    const value = body === '' ? {} : parseJson(body);
    return isObject(value) ? { ...query, ...value } : undefined;
  }
  return { ...query, ...Object.fromEntries(new URLSearchParams(body)) };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

export function sendText(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(body);
}

/**
 * Whether a request may be served at all: only under a name of this machine, so that no foreign page can reach it by
 * pointing its own name here, and no change on behalf of another origin.
 */
export function isTrusted(request: IncomingMessage): boolean {
  const host = request.headers.host ?? '';
  if (!isLoopback(`http://${host}`)) return false;
  const { origin } = request.headers;
  return origin === undefined || origin === `http://${host}`;
}

function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname);
}
