/** How busy somebody is. */

/** A conversation without a message for this long does not count as work in hand. */
export const BUSY_MINUTES = 30;

/** Heavier than any number of conversations somebody could be in. */
const OVERLOADED = 1_000_000;

/**
 * One number that sorts as "less busy" does, less is freer (Odoo's): idle first; then those with fewer than two conversations, or not in a
 * call, before the rest; then fewer conversations; then not in a call.
 *
 * @param load open conversations active in the last half hour, of all desks
 * @param inCall in a huddle
 */
export function busyness(load: number, inCall: boolean): number {
  if (load === 0) return Number(inCall);
  const overloaded = load >= 2 && inCall;
  return (overloaded ? OVERLOADED : 0) + 2 * load + Number(inCall);
}
