/** A person as Slack describes them, from `users.info` and from events alike. */
import { z } from 'zod';
import type { Person } from '../domain/person.ts';

/** Where Beckon is at home: whoever is of neither is an outsider. */
export type Home = { readonly teamId: string; readonly enterpriseId: string | undefined };

const text = z.string().nullish();
const yes = z.boolean().nullish();

const SlackUser = z.object({
  id: z.string(),
  team_id: text,
  name: text,
  real_name: text,
  deleted: yes,
  is_bot: yes,
  is_admin: yes,
  is_owner: yes,
  is_restricted: yes,
  is_ultra_restricted: yes,
  is_stranger: yes,
  tz: text,
  locale: text,
  enterprise_user: z.object({ enterprise_id: text }).nullish(),
  profile: z
    .object({
      display_name: text,
      real_name: text,
      status_emoji: text,
      status_expiration: z.number().nullish(),
      huddle_state: text,
      huddle_state_expiration_ts: z.number().nullish(),
    })
    .nullish(),
});

/** A huddle Slack gives no end for is believed this long: a missed event must not keep somebody busy for ever. */
const HUDDLE_AT_MOST_HOURS = 4;

const instant = (epochSeconds: number | null | undefined): string | undefined =>
  epochSeconds ? new Date(epochSeconds * 1000).toISOString() : undefined;

/** Outsiders are known by enterprise where there is one, else by team, or because Slack calls them strangers. */
function isOutside(user: z.infer<typeof SlackUser>, home: Home): boolean {
  if (user.is_stranger === true) return true;
  const enterprise = user.enterprise_user?.enterprise_id;
  if (home.enterpriseId !== undefined && enterprise) return enterprise !== home.enterpriseId;
  return Boolean(user.team_id) && user.team_id !== home.teamId;
}

const isGuest = (user: z.infer<typeof SlackUser>): boolean =>
  user.is_restricted === true || user.is_ultra_restricted === true;

function huddleUntil(profile: z.infer<typeof SlackUser>['profile'], now: Date): string | undefined {
  if (profile?.huddle_state !== 'in_a_huddle') return undefined;
  return (
    instant(profile.huddle_state_expiration_ts) ??
    new Date(now.getTime() + HUDDLE_AT_MOST_HOURS * 3_600_000).toISOString()
  );
}

/** @throws ZodError when it is no Slack user at all */
export function personFrom(raw: unknown, home: Home, now: Date = new Date()): Person {
  const user = SlackUser.parse(raw);
  const realName = user.profile?.real_name || user.real_name || user.name || user.id;
  return {
    userId: user.id,
    name: user.profile?.display_name || realName,
    realName,
    isGuest: isGuest(user),
    isBot: user.is_bot === true || user.id === 'USLACKBOT',
    isDeactivated: user.deleted === true,
    isOutsider: isOutside(user, home),
    isSlackAdmin: user.is_admin === true || user.is_owner === true,
    timeZone: user.tz || 'UTC',
    locale: user.locale ?? '',
    huddleUntil: huddleUntil(user.profile, now),
    statusEmoji: user.profile?.status_emoji ?? '',
    statusUntil: instant(user.profile?.status_expiration),
  };
}
