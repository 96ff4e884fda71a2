/** One thing a bot can do over HTTP: everything the router and the document need to know of it. */
import type { z } from 'zod';
import type { MakeChannel } from '../services/bot/channel.ts';
import type { Attempt } from '../services/bot/once.ts';
import type { Deps } from '../services/deps.ts';
import type { Bot } from '../services/token/authenticate.ts';

export type ApiDeps = Deps & { readonly makeChannel: MakeChannel };

type Shape = z.ZodType;

/** What a handler is given: read, checked, and whose. */
type Asked<Params, Query, Body, Answer> = {
  readonly deps: ApiDeps;
  readonly bot: Bot;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** For whatever changes something: with an Idempotency-Key it is done once, however often it is sent. */
  readonly attempt: Attempt<Answer>;
};

type Definition<Params extends Shape, Query extends Shape, Body extends Shape, Answer extends Shape> = {
  method: 'get' | 'post';
  /** As OpenAPI writes it, behind `/api/v1`: `/conversations/{id}`. */
  path: string;
  /** The operation's name. */
  id: string;
  summary: string;
  description?: string;
  params: Params;
  query: Query;
  body?: Body;
  answer: Answer;
  /** What the answer is called in the document. */
  answers: string;
  status: 200 | 201 | 202;
  /** Statuses beside those that any request may be answered with. */
  refuses: readonly (403 | 404 | 409 | 422 | 503)[];
  run: (asked: Asked<z.output<Params>, z.output<Query>, z.output<Body>, z.input<Answer>>) => Promise<z.input<Answer>>;
};

/** A route as the router and the document see it: what a handler takes has been checked by its own shapes. */
export type Route = Omit<Definition<Shape, Shape, Shape, Shape>, 'run'> & {
  run: (asked: Asked<unknown, unknown, unknown, unknown>) => Promise<unknown>;
};

/** Declares a route; the handler is given exactly what its shapes let through. */
export const route = <Params extends Shape, Query extends Shape, Body extends Shape, Answer extends Shape>(
  definition: Definition<Params, Query, Body, Answer>,
): Route =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the router parses with the shapes of the same definition
  definition as unknown as Route;

/**
 * Has a verb do it: what it settles in its transaction is what is answered.
 *
 * @param present makes an answer of what the verb did
 */
export async function settledBy<Done, Answer>(
  { id, settle }: Attempt<Answer>,
  present: (done: Done) => Answer,
  verb: (attempt: Attempt<Done>) => Promise<unknown>,
): Promise<Answer> {
  const settled: { answer?: Answer } = {};
  await verb({
    id,
    async settle(trx, done) {
      settled.answer = present(done);
      await settle(trx, settled.answer);
    },
  });
  if (settled.answer === undefined) throw new Error('A verb did not settle what it was asked for.');
  return settled.answer;
}
