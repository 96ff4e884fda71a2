/** Why somebody was told no. Doors choose where to show it by code; the message is written to be read by that person. */
export type RefusalCode =
  | 'not_allowed'
  | 'not_found'
  | 'invalid'
  | 'duplicate'
  | 'conflict'
  | 'gone'
  | 'already'
  | 'unavailable'
  | 'wrong_place';

/**
 * A verb says no. Everything the caller may do wrong is a `Refusal`; everything else that is thrown is a bug.
 *
 * @property field the form field it concerns, where there is one, so that a modal can show it in its place
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly field: string | undefined;

  constructor(code: RefusalCode, message: string, field?: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.field = field;
  }
}
