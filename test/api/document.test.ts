import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { z } from 'zod';
import { openApi } from '../../src/api/document.ts';
import { routes } from '../../src/api/routes.ts';
import { webhooks } from '../../src/api/webhooks.ts';
import type { WebhookEvent } from '../../src/domain/webhook.ts';
import { examples, expectDocumented } from '../support/documented.ts';

type Operation = {
  operationId: string;
  requestBody?: object;
  responses: Record<string, object>;
  parameters: { name: string; in: string }[];
};

type Posted = { post: { requestBody: { content: { 'application/json': { schema: object } } } } };

const document = openApi(routes) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, Posted>;
};

type Frozen<T> = T extends object ? { readonly [Name in keyof T]: Frozen<T[Name]> } : T;
type Described = {
  [Type in keyof typeof webhooks]: Frozen<{ type: Type } & z.output<(typeof webhooks)[Type]['says']>>;
}[keyof typeof webhooks];
/** Whatever is sent is described; that nothing else is, the shapes themselves say. A line that does not compile is the failure. */
const described = (sent: WebhookEvent): Described => sent;

describe('the document of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate({ ...document });
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    expect(validator.version).toBe('3.1');
    expect(validator.resolveRefs()).toBeDefined();
  });

  it('lists every route, each under a name of its own, with what may be answered', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations).toHaveLength(routes.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length);
    for (const { responses } of operations) {
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '401', '413', '429']));
    }
  });

  it('describes everything that webhooks send, by the examples of their page', () => {
    expect(Object.keys(document.webhooks).toSorted()).toEqual([...examples().keys()].toSorted());
    for (const example of examples().values()) expectDocumented(example);
    expect(described({ type: 'conversation.closed', outcome: 'lost' })).toEqual({
      type: 'conversation.closed',
      outcome: 'lost',
    });
  });

  it('lets webhooks say more one day', () => {
    for (const { post } of Object.values(document.webhooks)) {
      expect(JSON.stringify(post.requestBody)).not.toContain('additionalProperties');
    }
  });

  it('names what stands in a path, and the key of what changes something', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const [method, { parameters }] of Object.entries(methods)) {
        expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(named);
        const keys = parameters.filter(({ name }) => name === 'Idempotency-Key');
        expect(keys).toHaveLength(method === 'post' ? 1 : 0);
      }
    }
  });
});
