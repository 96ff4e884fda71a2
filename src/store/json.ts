/** JSON columns hold what Beckon itself wrote. */

/** Reads a JSON column back as the type it was written from. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-parameters -- the only writer is the same store file, with the same type
export const readJson = <T>(text: string): T => JSON.parse(text) as T;
