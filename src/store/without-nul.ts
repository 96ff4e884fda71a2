/**
 * PostgreSQL takes no NUL in a text, and nobody can see one: whoever typed or sent it, it is left out on the way in, on both databases.
 */
export const withoutNul = (bindings: unknown): unknown =>
  Array.isArray(bindings)
    ? bindings.map((value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '') : value))
    : bindings;
