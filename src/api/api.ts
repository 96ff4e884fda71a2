/** The HTTP API for bots: one router, made of the table of routes. */
import type { RequestListener } from 'node:http';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { openApi } from './document.ts';
import { ApiError, failureOf, notValid, OUR_FAULT } from './errors.ts';
import { once } from './once.ts';
import type { Attempt } from '../services/bot/once.ts';
import type { ApiDeps, Route } from './route.ts';
import { routes } from './routes.ts';
import { botOf, notTooOften, whoAsks } from './who.ts';

const API_PATH = '/api/v1';

/** In bytes. */
const BODY_MAX = 1_000_000;

function checked<Shape extends z.ZodType>(
  shape: Shape,
  value: unknown,
  whole: 'path' | 'query' | 'body',
): z.output<Shape> {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw notValid(parsed.error, whole);
}

/** @throws ApiError 400 for a body that is not JSON: Express leaves it unread, and nobody's fault would be found in it */
function bodyOf({ body, headers }: Request): unknown {
  const isEmpty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
  if (body !== undefined || isEmpty) return body ?? {};
  throw new ApiError(400, 'bad_request', { message: 'Send the body as JSON, with Content-Type: application/json.' });
}

const handler = (deps: ApiDeps, route: Route) => async (request: Request, response: Response) => {
  const bot = botOf(request);
  const params = checked(route.params, request.params, 'path');
  const query = checked(route.query, request.query, 'query');
  const body = route.body && checked(route.body, bodyOf(request), 'body');
  const answer = await once(deps, request, {
    status: route.status,
    run: async (attempt: Attempt<unknown>) => route.run({ deps, bot, params, query, body, attempt }),
  });
  response.status(answer.status).json(answer.body);
};

const pathOf = ({ path }: Route): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** What is there can be asked in another way; says which. */
function refuseOtherMethods(router: Router): void {
  const methods = new Map<string, string[]>();
  for (const route of routes) methods.set(pathOf(route), [...(methods.get(pathOf(route)) ?? []), route.method]);
  for (const [path, allowed] of methods) {
    const Allow = allowed.map((method) => method.toUpperCase()).join(', ');
    router.all(path, () => {
      throw new ApiError(405, 'method_not_allowed', { message: `This takes only ${Allow}.`, headers: { Allow } });
    });
  }
}

function refuseUnknownPaths(): never {
  throw new ApiError(404, 'not_found', {
    message: `There is nothing here. ${API_PATH}/openapi.json lists what there is.`,
  });
}

/** The one place where what was thrown becomes an answer; of a bug only the log says more. */
const answerFailures =
  (log: Logger) =>
  // Express knows one that handles errors by its four parameters.
  (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const failure = failureOf(error) ?? OUR_FAULT;
    if (failure === OUR_FAULT) {
      log.error({ err: error, method: request.method, path: request.path }, 'A request of a bot failed.');
    }
    if (response.headersSent) return;
    response.status(failure.status).set(failure.headers).json(failure.body);
  };

export type ApiOptions = {
  /** The workspace this process serves. */
  readonly workspaceId: string;
  /** Requests a minute and token. */
  readonly rate: number;
  readonly log: Logger;
  /** Somebody asks for something; to be called once they are answered, when there may be work for others. */
  readonly ask: () => () => void;
};

/** Builds what answers requests below `/api/`. */
export function apiListener(deps: ApiDeps, { workspaceId, rate, log, ask }: ApiOptions): RequestListener {
  const document = openApi(routes);
  const router = express.Router();
  router.get('/openapi.json', (_request, response) => void response.json(document));
  router.use(whoAsks(deps, workspaceId), notTooOften(rate), express.json({ limit: BODY_MAX }));
  for (const route of routes) router[route.method](pathOf(route), handler(deps, route));
  refuseOtherMethods(router);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(API_PATH, router);
  app.use(refuseUnknownPaths);
  app.use(answerFailures(log));
  return (request, response) => {
    if (request.method !== 'GET') response.once('close', ask());
    void app(request, response);
  };
}
