/** How busy somebody is. */

/** A conversation without a message for this long does not count as work in hand. */
export const BUSY_MINUTES = 30;
