/** The API as an OpenAPI 3.1 document, made of the shapes that check the requests. https://spec.openapis.org/oas/v3.1.1 */
import { z } from 'zod';
import { ErrorAnswer } from './errors.ts';
import type { Route } from './route.ts';
import { webhooksPart } from './webhooks.ts';

type Json = Record<string, unknown>;

const DESCRIPTIONS: Record<number, string> = {
  200: 'Done',
  201: 'Made',
  202: 'Accepted: it happens within moments',
  400: 'The body or a header cannot be read',
  401: 'No token, an unknown one, or one that was revoked',
  403: 'Not allowed',
  404: 'There is no such thing in this workspace',
  409: 'It is not in a state in which this can be done, or the Idempotency-Key was used for something else',
  413: 'The body is larger than 1 MB',
  422: 'A field is not valid; `fields` says which',
  429: 'Too many requests of this token; wait as long as Retry-After says',
  503: 'Slack did not answer; try again',
};

/** What any request may be answered with. */
const ALWAYS = [400, 401, 413, 429];

function schemaOf(shape: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(shape, { io, reused: 'inline' });
  return schema;
}

const asJson = (schema: Json): Json => ({ content: { 'application/json': { schema } } });
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

function listed(shape: z.ZodType, where: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(shape, { io: 'input' });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema,
  }));
}

function parametersOf({ params, query, method }: Route): Json[] {
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'For requests you may send again: done once, answered alike for 24 hours',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  };
  return [...listed(params, 'path'), ...listed(query, 'query'), ...(method === 'post' ? [key] : [])];
}

function operationOf(route: Route): Json {
  const refusals = [...ALWAYS, ...route.refuses].sort((a, b) => a - b);
  return {
    operationId: route.id,
    summary: route.summary,
    ...(route.description !== undefined && { description: route.description }),
    parameters: parametersOf(route),
    ...(route.body && { requestBody: { required: true, ...asJson(schemaOf(route.body, 'input')) } }),
    responses: {
      [route.status]: { description: DESCRIPTIONS[route.status], ...asJson(ref(route.answers)) },
      ...Object.fromEntries(
        refusals.map((status) => [status, { description: DESCRIPTIONS[status], ...asJson(ref('Error')) }]),
      ),
    },
  };
}

/** The whole document. */
export function openApi(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  const answers = routes.map((route) => [route.answers, schemaOf(route.answer, 'output')] as const);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Beckon',
      version: '1',
      description:
        'Bots hand conversations over to the right person of a support team in Slack. Times are ISO 8601 in UTC; what is not known is null.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths,
    webhooks: webhooksPart((shape) => schemaOf(shape, 'input')),
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Made by an administrator with `/livechat tokens`' },
      },
      schemas: { ...Object.fromEntries(answers), Error: schemaOf(ErrorAnswer, 'output') },
    },
  };
}
