/** What somebody changed in a form that others may have changed meanwhile. */

/** What the form showed and what it holds now. A field nobody touched has no change. */
export type Change<T> = { readonly from: T; readonly to: T };

/** What was added to a set and what was taken out of it: applied to whatever the set is by then. */
export type SetChange = { readonly add: readonly string[]; readonly remove: readonly string[] };

export type Settled<T> = {
  /** To be written; undefined: leave what is there. */
  readonly write: T | undefined;
  /** Both changed it, differently: theirs stays. */
  readonly stayed: boolean;
};

const sameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Decides one field: this person's change, unless somebody else changed the same field since the form was made.
 *
 * @param untouched whether the row still has the version the form was made from
 */
export function settle<T>(change: Change<T> | undefined, current: T, untouched: boolean): Settled<T> {
  if (change === undefined || sameValue(change.to, current)) return { write: undefined, stayed: false };
  return untouched || sameValue(change.from, current)
    ? { write: change.to, stayed: false }
    : { write: undefined, stayed: true };
}

/** The change of a field, if it is one. */
export const changed = <T>(from: T, to: T): Change<T> | undefined => (sameValue(from, to) ? undefined : { from, to });

export function changedSet(from: readonly string[], to: readonly string[]): SetChange {
  return { add: to.filter((id) => !from.includes(id)), remove: from.filter((id) => !to.includes(id)) };
}

export const isEmptySet = (change: SetChange): boolean => change.add.length === 0 && change.remove.length === 0;
