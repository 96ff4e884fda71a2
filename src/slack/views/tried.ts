/** What became of those a conversation was forwarded to. */
import type { TurnState } from '../../domain/forward.ts';
import { listed } from '../../domain/wording.ts';

type Tried = { readonly state: TurnState; readonly reason: string };

function wordsFor({ state, reason }: Tried): string {
  if (state === 'passed') return 'passed it on';
  if (state !== 'failed') return 'did not answer in time';
  return reason === 'off_desk' ? 'left the desk' : 'could not be added';
}

/** "@Ben passed it on, @Chloé and @Dev did not answer in time": what they did, in the order in which it was first done. */
export function triedInWords<T extends Tried>(tried: readonly T[], nameOf: (one: T) => string): string {
  const byWords = new Map<string, string[]>();
  for (const one of tried) byWords.set(wordsFor(one), [...(byWords.get(wordsFor(one)) ?? []), nameOf(one)]);
  return [...byWords].map(([words, people]) => `${listed(people)} ${words}`).join(', ');
}
