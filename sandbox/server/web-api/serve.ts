import { fateOf, type Limits } from '../faults.ts';
import type { Json } from '../json.ts';
import { isObject, textOf } from '../json.ts';
import type { Slack } from '../slack.ts';
import { holderOf } from '../runs.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { functions } from './functions.ts';
import { history } from './history.ts';
import { ApiError, type Caller, type Method, type Methods, needScope, refuse, refuseArguments } from './method.ts';
import { views } from './views.ts';
import { workspace } from './workspace.ts';

/** How one call is answered over HTTP; `cut`: not at all, the work being done. */
export type Answer = { status: number; body: Json; headers?: Record<string, string>; cut?: boolean };

const METHODS: Methods = { ...workspace, ...chat, ...views, ...conversations, ...history, ...functions };

/** What apps.connections.open answers needs the sockets, so it is passed in. */
export type ServeNeeds = { limits: Limits; socketUrl: () => string };

/** Answers one Web API call as Slack would: faults on demand, token, limits, scopes, arguments, then the method's own work. */
export function serve(slack: Slack, needs: ServeNeeds, name: string, token: string, args: Json): Answer {
  const fate = fateOf(slack, name);
  if (fate.kind === 'limited') return limited(fate.retryAfter);
  if (fate.kind === 'broken') return { status: 500, body: { ok: false, error: 'internal_error' } };
  const body = attempt(() => {
    if (fate.kind === 'refused') refuse(fate.error);
    return run(slack, needs, name, token, args);
  });
  if ('retryAfter' in body) return limited(Number(body['retryAfter']));
  return { status: 200, body, ...(fate.kind === 'serve' && fate.cut ? { cut: true } : {}) };
}

function limited(seconds: number): Answer {
  return { status: 429, body: { ok: false, error: 'ratelimited' }, headers: { 'retry-after': String(seconds) } };
}

function attempt(work: () => Json): Json {
  try {
    const body = work();
    return 'retryAfter' in body ? body : { ok: true, ...body };
  } catch (error) {
    if (error instanceof ApiError) return { ok: false, error: error.message, ...error.extra };
    throw error;
  }
}

function run(slack: Slack, needs: ServeNeeds, name: string, token: string, args: Json): Json {
  if (name === 'apps.connections.open') {
    checkToken(token, slack.secrets.appToken, slack.secrets.botToken);
    return { url: needs.socketUrl() };
  }
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (method === undefined) return refuse('unknown_method', { req_method: name });
  const caller = callerOf(slack, token);
  const wait = slack.knobs.rateLimits === true ? needs.limits(name, method.tier, textOf(args['channel'])) : undefined;
  if (wait !== undefined) return { retryAfter: wait };
  needScope(slack, method.scopes);
  checkArguments(method, args);
  return method.run(slack, args, caller);
}

/** The bot, or a running step by the token it was started with. */
function callerOf(slack: Slack, token: string): Caller {
  const holder = holderOf(slack, token);
  if (typeof holder === 'string') return refuse(holder);
  if (holder !== undefined) return { run: holder.run.id };
  checkToken(token, slack.secrets.botToken, slack.secrets.appToken);
  return {};
}

/** The right token, or Slack's word for what is wrong with it. */
function checkToken(token: string, right: string, otherKind: string): void {
  if (token === '') refuse('not_authed');
  if (token === right) return;
  refuse(token === otherKind ? 'not_allowed_token_type' : 'invalid_auth');
}

function checkArguments(method: Method, args: Json): void {
  const missing = method.required.filter((key) => args[key] === undefined || args[key] === null || args[key] === '');
  if (missing.length === 0) return;
  const [first] = missing;
  if (first === 'channel') refuse('channel_not_found');
  if (first === 'users' && method.tier === 3) refuse('no_user');
  if (first === 'users') refuse('no_users_provided');
  if (first === 'name') refuse('invalid_name_required');
  if (first === 'user') refuse('user_not_found');
  refuseArguments(...missing.map((key) => `missing required field: ${key} [json-pointer:/]`));
}

/** The args of a call as they may be shown and kept: without the token. */
export function withoutToken(args: Json): Json {
  const { token: _token, ...rest } = args;
  return isObject(rest) ? rest : {};
}
