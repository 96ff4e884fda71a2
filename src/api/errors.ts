/** What a bot is told when its request was not done. */
import { z } from 'zod';
import { shorten } from '../domain/name.ts';
import { listed, quoted } from '../domain/wording.ts';
import { Refusal, type RefusalCode } from '../errors.ts';

/** Which status each way of saying no has. */
const STATUS: Record<RefusalCode, number> = {
  not_allowed: 403,
  not_found: 404,
  invalid: 422,
  wrong_place: 422,
  duplicate: 409,
  conflict: 409,
  gone: 409,
  already: 409,
  unavailable: 503,
};

type Told = {
  message: string;
  fields?: Readonly<Record<string, string>> | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
};

/** A request refused before any verb was asked. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Told['fields'];
  readonly headers: Told['headers'];

  constructor(status: number, code: string, { message, fields, headers }: Told) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.headers = headers;
  }
}

export const ErrorAnswer = z.object({
  error: z.object({
    code: z.string().describe('What went wrong, for programs'),
    message: z.string().describe('What went wrong and what to do, for people'),
    fields: z.record(z.string(), z.string()).optional().describe('What is wrong with which field of the request'),
  }),
});

export type Failure = {
  readonly status: number;
  readonly body: z.infer<typeof ErrorAnswer>;
  readonly headers: Readonly<Record<string, string>>;
};

const failure = (status: number, code: string, { message, fields, headers = {} }: Told): Failure => ({
  status,
  body: { error: { code, message, ...(fields && { fields }) } },
  headers,
});

/** What Express throws of a body or an address it cannot read. */
const HttpError = z.object({
  name: z.string(),
  type: z.string().optional(),
  status: z.number(),
  encoding: z.string().optional(),
});

/** Whatever is wrong is of its sender's making: an escape, a compression, a charset, a length. */
function unreadableWords({ name, type, encoding = '' }: z.infer<typeof HttpError>): string {
  if (name === 'URIError') return 'The address cannot be read.';
  if (type === 'encoding.unsupported') {
    return `A body with Content-Encoding ${quoted(encoding)} cannot be read. Send it as it is, or compressed with gzip, deflate or br.`;
  }
  if (type === undefined) return 'The body is not compressed as its Content-Encoding says.';
  return 'The body cannot be read as JSON.';
}

function unreadable(error: unknown): Failure | undefined {
  const parsed = HttpError.safeParse(error);
  if (!parsed.success) return undefined;
  const { type, status } = parsed.data;
  if (type === 'entity.too.large') {
    return failure(413, 'too_large', { message: 'The body is larger than 1 MB, which is the most Beckon reads.' });
  }
  if (status >= 500) return undefined;
  return failure(400, 'bad_request', { message: unreadableWords(parsed.data) });
}

/** Everything that is thrown, as an answer; undefined for a bug, of which nothing is told. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof ApiError) return failure(error.status, error.code, error);
  if (!(error instanceof Refusal)) return unreadable(error);
  const { code, message, field } = error;
  return failure(STATUS[code], code, {
    message,
    ...(field !== undefined && { fields: { [field]: message } }),
    ...(code === 'unavailable' && { headers: { 'Retry-After': '1' } }),
  });
}

export const OUR_FAULT: Failure = failure(500, 'internal_error', {
  message: 'Something went wrong on our side. Nothing you can do about it; please try again later.',
});

const nameOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

/** Whoever mends these finds the others; somebody who sends a megabyte of nonsense gets no megabyte back. */
const NAMED_MAX = 20;
/** Of a name, which may be as long as the request; in characters. */
const NAME_SHOWN_MAX = 100;

type Issue = z.core.$ZodIssue;

/** Which fields an issue is about: one, or each that is not known. */
const pathsOf = (issue: Issue, most: number): readonly (readonly PropertyKey[])[] =>
  issue.code === 'unrecognized_keys' ? issue.keys.slice(0, most).map((key) => [...issue.path, key]) : [issue.path];

const countOf = (issue: Issue): number => (issue.code === 'unrecognized_keys' ? issue.keys.length : 1);

function wordsOf(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') return 'is not known';
  if (issue.code !== 'invalid_value') return issue.message;
  return `must be ${listed(
    issue.values.map((value) => quoted(String(value))),
    'or',
  )}`;
}

/**
 * What was wrong with which field, named as the request names it: `expertise[3]`. Of very many the first are named.
 *
 * @param whole what is named where all of it is wrong
 * @returns also how many more there are
 */
function fieldsOf(issues: readonly Issue[], whole: string): { fields: Map<string, string>; more: number } {
  const fields = new Map<string, string>();
  let more = 0;
  for (const issue of issues) {
    const room = NAMED_MAX - fields.size;
    const paths = room > 0 ? pathsOf(issue, room) : [];
    more += countOf(issue) - paths.length;
    const why = wordsOf(issue);
    for (const path of paths) {
      const field = shorten(nameOf(path), NAME_SHOWN_MAX) || whole;
      if (!fields.has(field)) fields.set(field, why);
    }
  }
  return { fields, more };
}

/**
 * A request whose shape is wrong: which fields, for programs and for people.
 *
 * @param whole what is named where all of it is wrong
 */
export function notValid({ issues }: z.ZodError, whole: 'path' | 'query' | 'body'): ApiError {
  const { fields, more } = fieldsOf(issues, whole);
  const named = [...fields].map(([field, what]) => `${field} (${what})`).join(', ');
  const message = `The request is not valid: ${named}${more > 0 ? `, and ${more} more` : ''}.`;
  if (more > 0) fields.set('…', `and ${more} more`);
  return new ApiError(422, 'invalid', { message, fields: Object.fromEntries(fields) });
}
