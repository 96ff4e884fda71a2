/** Channels that Beckon makes for visitors. */
import { counted } from '../../domain/wording.ts';
import { Refusal } from '../../errors.ts';

/** What Slack made of a wish for a channel; `refused` carries Slack's own word. */
export type MadeChannel =
  | { readonly kind: 'made'; readonly channelId: string; readonly name: string }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Slack lets an app make only so many in a minute. */
  | { readonly kind: 'limited'; readonly seconds: number }
  | { readonly kind: 'silent' };

/**
 * Makes a private channel of that name with Beckon in it, or finds the one it made before. It never throws, and must not be called while
 * a transaction is open.
 */
export type MakeChannel = (name: string) => Promise<MadeChannel>;

function whyNot(made: Exclude<MadeChannel, { kind: 'made' }>): string {
  if (made.kind === 'silent') return 'Slack did not answer Beckon just now. Please try again.';
  if (made.kind === 'limited') {
    return `Slack lets apps make only so many channels in a minute. Try again in ${counted(made.seconds, 'second')}.`;
  }
  return `Slack would not make a channel (${made.reason}). Beckon needs the scope groups:write, and your workspace must let apps make private channels.`;
}

/** @throws Refusal `unavailable` */
export async function madeChannel(make: MakeChannel, name: string): Promise<{ channelId: string; name: string }> {
  const made = await make(name);
  if (made.kind === 'made') return made;
  throw new Refusal('unavailable', whyNot(made));
}
