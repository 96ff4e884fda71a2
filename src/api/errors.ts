/** What a bot is told when its request was not done. */
import { z } from 'zod';
import { quoted } from '../domain/wording.ts';
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

/**
 * What was wrong with which field, named as the request names it: `expertise[3]`.
 *
 * @param whole what is named where all of it is wrong
 */
export function fieldsOf({ issues }: z.ZodError, whole: 'path' | 'query' | 'body'): Record<string, string> {
  const fields = new Map<string, string>();
  for (const issue of issues) {
    const { path, message } = issue;
    const wrong =
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => [nameOf([...path, key]), 'is not known'] as const)
        : [[nameOf(path) || whole, message] as const];
    for (const [field, why] of wrong) if (!fields.has(field)) fields.set(field, why);
  }
  return Object.fromEntries(fields);
}
