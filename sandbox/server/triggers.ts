import { randomBytes } from 'node:crypto';
import type { Slack } from './slack.ts';
import { forgetOldest } from './state.ts';

/** How long Slack lets an app open a view for something a person did. */
const TRIGGER_MS = 3000;

/** A fresh trigger for this person; `view` names the modal it was made in, where a further one may be pushed. */
export function newTrigger(slack: Slack, user: string, view?: string): string {
  const id = `${Math.floor(slack.now())}.${slack.state.team.id.length}.${randomBytes(16).toString('hex')}`;
  slack.state.triggers[id] = { user, at: slack.now(), used: false, ...(view === undefined ? {} : { view }) };
  forgetOldest(slack.state.triggers);
  return id;
}

export type SpentTrigger = { user: string; view?: string };

/** Uses a trigger up; answers Slack's error where it cannot be used (any more). */
export function spendTrigger(
  slack: Slack,
  id: string,
): SpentTrigger | 'invalid_trigger_id' | 'exchanged_trigger_id' | 'expired_trigger_id' {
  const trigger = slack.state.triggers[id];
  if (trigger === undefined) return 'invalid_trigger_id';
  if (trigger.used) return 'exchanged_trigger_id';
  if (slack.now() - trigger.at > TRIGGER_MS) return 'expired_trigger_id';
  trigger.used = true;
  slack.changed();
  return trigger;
}
