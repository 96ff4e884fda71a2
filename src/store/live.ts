/** Full members, in a query that has joined `people`: somebody deactivated or made a guest keeps their rows and does not count. */
export const LIVE = {
  'people.is_guest': 0,
  'people.is_bot': 0,
  'people.is_outsider': 0,
  'people.is_deactivated': 0,
} as const;

/** The same as one condition, which PostgreSQL without statistics expects of a third of all and not of nobody. */
export const IS_LIVE = 'people.is_guest + people.is_bot + people.is_outsider + people.is_deactivated < 1';

/** The same the other way round, as the index of those people has it. */
export const NOT_LIVE = 'people.is_guest + people.is_bot + people.is_outsider + people.is_deactivated > 0';
