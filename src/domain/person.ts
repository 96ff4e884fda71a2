/** What Slack says of somebody. */

export type Presence = 'active' | 'away' | 'unknown';

/** The facts Slack keeps about a person, as mirrored. Times are ISO 8601 UTC. */
export type Person = {
  readonly userId: string;
  /** Display name, else real name: what colleagues call them. */
  readonly name: string;
  readonly realName: string;
  readonly isGuest: boolean;
  readonly isBot: boolean;
  readonly isDeactivated: boolean;
  /** Of another organisation, seen through a shared channel. */
  readonly isOutsider: boolean;
  /** A Slack workspace admin or owner. */
  readonly isSlackAdmin: boolean;
  readonly timeZone: string;
  readonly locale: string;
  /** End of the huddle they are in as Slack expects it; undefined: in none. A missed event ends by itself. */
  readonly huddleUntil: string | undefined;
  readonly statusEmoji: string;
  readonly statusUntil: string | undefined;
};

/** Signals asked of Slack or kept by events, each with its age. */
export type Signals = {
  readonly presence: Presence;
  readonly presenceAt: string | undefined;
  readonly dndStartsAt: string | undefined;
  readonly dndEndsAt: string | undefined;
  readonly dndAt: string | undefined;
};

/** A full member may be an agent: no guest, no bot, nobody from outside, not deactivated. */
export const isFullMember = (person: Pick<Person, 'isGuest' | 'isBot' | 'isOutsider' | 'isDeactivated'>): boolean =>
  !person.isGuest && !person.isBot && !person.isOutsider && !person.isDeactivated;

/** An admin or owner of the Slack workspace, or a full member whom an administrator has made one. */
export const isAdministrator = (
  person: Pick<Person, 'isGuest' | 'isBot' | 'isOutsider' | 'isDeactivated' | 'isSlackAdmin'>,
  wasMade: boolean,
): boolean => isFullMember(person) && (person.isSlackAdmin || wasMade);

/** Guests and outsiders are whom conversations are for; they see nothing internal. */
export const isCustomer = (person: Pick<Person, 'isGuest' | 'isBot' | 'isOutsider' | 'isDeactivated'>): boolean =>
  !person.isBot && !person.isDeactivated && (person.isGuest || person.isOutsider);

/** Slack says nothing of a person for this long before a right that depends on it makes Beckon ask again. */
export const PERSON_STALE_HOURS = 24;
