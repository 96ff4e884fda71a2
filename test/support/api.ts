/** A bot that speaks to Beckon's API over HTTP. */
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { conversationAnswer } from '../../src/api/shapes.ts';
import { makeToken } from '../../src/services/token/make.ts';
import type { World } from './world.ts';

type Conversation = z.output<typeof conversationAnswer>;

/** Whatever may be answered: a test knows what it asked for. */
type Body = Conversation & {
  error: { code: string; message: string; fields?: Record<string, string> };
  conversations: Conversation[];
  next: string | null;
  agent: { id: string; name: string };
  decision: string;
};

export type Answered = { status: number; body: Body; headers: Headers };

export type Caller = {
  get: (path: string) => Promise<Answered>;
  post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answered>;
};

type Request = { method?: string; body?: string | undefined; headers?: Record<string, string> };

/** One request as it is. */
export async function ask(url: string, { method = 'GET', body, headers = {} }: Request = {}): Promise<Answered> {
  const answer = await fetch(url, {
    method,
    headers,
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(8000),
  });
  const text = await answer.text();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test knows what it asked for
  const read = (text === '' ? {} : JSON.parse(text)) as Body;
  return { status: answer.status, body: read, headers: answer.headers };
}

export const newSecret = (): string => `beckon_${randomBytes(32).toString('base64url')}`;

/** Requests with a token. */
export function caller(apiUrl: string, secret: string): Caller {
  const authorization = `Bearer ${secret}`;
  return {
    get: (path) => ask(`${apiUrl}${path}`, { headers: { authorization } }),
    post: (path, body, headers = {}) =>
      ask(`${apiUrl}${path}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
  };
}

/** Maya makes a token, by the verb behind `/livechat tokens`, once she has used Beckon. */
export async function makeBot(
  world: World,
  name = 'Website',
  { speaksAs = '' } = {},
): Promise<Caller & { secret: string }> {
  const secret = newSecret();
  const actor = { workspaceId: world.slack.teamId, userId: world.slack.person('maya') };
  await makeToken(world.beckon.deps, actor, { name, speaksAs, secret });
  return { ...caller(world.apiUrl, secret), secret };
}
