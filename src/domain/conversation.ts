/** A customer being helped in a place, from *open* to *close*. */

export type Status = 'in_progress' | 'waiting' | 'looking_for_help';

export const STATUS_NAMES: Record<Status, string> = {
  in_progress: 'In progress',
  waiting: 'Waiting for customer',
  looking_for_help: 'Looking for help',
};

export type Outcome = 'escalated' | 'no_agent' | 'never_answered' | 'success';

/** What people read of how a closed conversation went. `lost`: its channel was archived, or Beckon was removed from it. */
export const OUTCOME_NAMES: Record<Outcome | 'lost', string> = {
  escalated: 'Escalated: more than one agent was in it.',
  no_agent: 'No agent: nobody was in it.',
  never_answered: 'Never answered: its agent did not write.',
  success: 'Success.',
  lost: 'Lost: its channel was archived, or Beckon was removed from it.',
};

/** How somebody came into a conversation. */
export type CameBy = 'opened' | 'joined' | 'wrote' | 'invited' | 'added' | 'reopened' | 'forwarded';

/**
 * How a conversation that is being closed went: more than one agent ever in it, nobody at all, nobody who wrote, or well.
 *
 * @param agents everybody who ever arrived in it as agent, once each
 */
export function outcomeOf(agents: readonly { wrote: boolean }[]): Outcome {
  if (agents.length > 1) return 'escalated';
  if (agents.length === 0) return 'no_agent';
  return agents.some((agent) => agent.wrote) ? 'success' : 'never_answered';
}

const SPELLINGS: Record<string, Status> = {
  'in progress': 'in_progress',
  progress: 'in_progress',
  waiting: 'waiting',
  'waiting for customer': 'waiting',
  'looking for help': 'looking_for_help',
  help: 'looking_for_help',
  looking: 'looking_for_help',
};

/** The status somebody means, or undefined: names, their first words, `in_progress` and the like. */
export function statusNamed(text: string): Status | undefined {
  const key = text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
  return Object.hasOwn(SPELLINGS, key) ? SPELLINGS[key] : undefined;
}
