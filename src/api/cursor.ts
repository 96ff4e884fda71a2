/** Where the next page of a list begins, as an opaque text. */
import { ApiError } from './errors.ts';

type Position = { openedAt: string; id: string };

export const cursorOf = ({ openedAt, id }: Position): string => Buffer.from(`${openedAt} ${id}`).toString('base64url');

/** @throws ApiError 422 on `cursor` for what is none of ours */
export function readCursor(cursor: string): Position {
  const [, openedAt, id] =
    /^(\d{4}-[0-9T:.-]+Z) ([\w-]+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (openedAt !== undefined && id !== undefined) return { openedAt, id };
  const message = 'is no cursor of this list: take `next` of the page before';
  throw new ApiError(422, 'invalid', { message: 'The request is not valid.', fields: { cursor: message } });
}
