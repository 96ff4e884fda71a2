/** Steps that Beckon brings to Slack's Workflow Builder. */

/** Slack does not say what a workflow is called. */
export const A_WORKFLOW = 'a workflow';

export type StepKind = 'ask_for_help' | 'forward_to_operator';

/** How long a workflow waits for help until somebody who builds one says otherwise; a week at most. Minutes. */
export const GIVE_UP_MINUTES = { initial: 60, min: 1, max: 7 * 24 * 60 } as const;

/** What a step that waited for help goes on with, by the names the manifest gives them. */
export type HelpOutputs = { readonly found: boolean; readonly helper?: string; readonly minutes_waited: number };

/** @param helper who came, undefined where nobody did */
export function helpOutputs(startedAt: string, now: Date, helper?: string): HelpOutputs {
  const minutes = Math.max(0, Math.round((now.getTime() - Date.parse(startedAt)) / 60_000));
  return { found: helper !== undefined, ...(helper !== undefined && { helper }), minutes_waited: minutes };
}

/** What a step that forwarded goes on with. */
export type ForwardOutputs = { readonly found: boolean; readonly operator?: string; readonly covered: string };

/** @param operator who came, undefined where nobody did; with the names of what they know of what was wanted */
export function forwardOutputs(operator?: string, covered: readonly string[] = []): ForwardOutputs {
  return { found: operator !== undefined, ...(operator !== undefined && { operator }), covered: covered.join(', ') };
}
