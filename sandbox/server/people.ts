import type { Person } from '../protocol.ts';
import { emit } from './events.ts';
import { userObject } from './payloads.ts';
import { blankPerson } from './seed.ts';
import { showPeople } from './show.ts';
import type { Slack } from './slack.ts';
import { type StoredPerson, nextId } from './state.ts';

/** Hours a huddle is announced for; Slack prolongs it while it goes on. */
const HUDDLE_SECONDS = 4 * 3600;

export type PersonChange = Partial<
  Pick<
    Person,
    'presence' | 'huddle' | 'statusEmoji' | 'statusText' | 'deactivated' | 'displayName' | 'timeZone' | 'locale'
  >
> & { dndMinutes?: number; role?: 'member' | 'guest' | 'administrator' };

/** Changes what Slack says of somebody and sends what Slack would send: nothing for presence, which has no event. */
export function changePerson(slack: Slack, person: StoredPerson, change: PersonChange): void {
  const { dndMinutes, presence, ...visible } = change;
  const nowSeconds = Math.floor(slack.now() / 1000);
  const huddleBefore = person.huddle;
  if (presence !== undefined) person.presence = presence;
  if (dndMinutes !== undefined) {
    person.dndUntil = dndMinutes > 0 ? nowSeconds + dndMinutes * 60 : 0;
    emit(slack, { type: 'dnd_updated_user', user: person.id, dnd_status: dndStatus(slack, person) });
  }
  if (Object.keys(visible).length > 0) {
    Object.assign(person, visible, { updatedAt: nowSeconds });
    if (person.huddle !== huddleBefore) person.huddleExpiresAt = person.huddle ? nowSeconds + HUDDLE_SECONDS : 0;
    announce(slack, person, [
      'user_change',
      ...(person.huddle === huddleBefore ? [] : ['user_huddle_changed']),
      ...('statusEmoji' in visible || 'statusText' in visible ? ['user_status_changed'] : []),
      ...('displayName' in visible ? ['user_profile_changed'] : []),
    ]);
  }
  slack.changed();
  slack.push({ type: 'people', people: showPeople(slack) });
}

function announce(slack: Slack, person: StoredPerson, types: string[]): void {
  const user = userObject(slack.state, person, { locale: true });
  for (const type of types) emit(slack, { type, user, cache_ts: person.updatedAt });
}

export type NewPerson = Partial<Pick<StoredPerson, 'role' | 'title' | 'company' | 'timeZone' | 'locale' | 'presence'>>;

/** Somebody new joins the workspace; answers their id. */
export function addPerson(slack: Slack, handle: string, realName: string, more: NewPerson): string {
  const id = nextId(slack.state, 'U');
  const stored: StoredPerson = {
    ...blankPerson(id, handle, realName, Math.floor(slack.now() / 1000)),
    ...more,
    teamId: slack.state.team.id,
    color: '#5b6270',
    email: `${handle}@${slack.state.team.domain}.example`,
  };
  slack.state.people[id] = stored;
  slack.changed();
  slack.push({ type: 'people', people: showPeople(slack) });
  emit(slack, {
    type: 'team_join',
    user: userObject(slack.state, stored, { locale: true }),
    cache_ts: stored.updatedAt,
  });
  return id;
}

/** Slack's words for "no schedule": enabled false and both times 1. */
export function dndStatus(slack: Slack, person: StoredPerson) {
  const nowSeconds = Math.floor(slack.now() / 1000);
  if (person.dndUntil <= nowSeconds) return { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 };
  return { dnd_enabled: true, next_dnd_start_ts: nowSeconds, next_dnd_end_ts: person.dndUntil };
}
