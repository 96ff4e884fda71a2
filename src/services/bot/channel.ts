/** Channels that Beckon makes for visitors. */
import { Refusal } from '../../errors.ts';

/** What Slack made of a wish for a channel; `refused` carries Slack's own word. */
export type MadeChannel =
  | { readonly kind: 'made'; readonly channelId: string; readonly name: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'silent' };

/**
 * Makes a private channel of that name with Beckon in it, or finds the one it made before. It never throws, and must not be called while
 * a transaction is open.
 */
export type MakeChannel = (name: string) => Promise<MadeChannel>;

/** @throws Refusal `unavailable` */
export async function madeChannel(make: MakeChannel, name: string): Promise<{ channelId: string; name: string }> {
  const made = await make(name);
  if (made.kind === 'made') return made;
  throw new Refusal(
    'unavailable',
    made.kind === 'silent'
      ? 'Slack did not answer Beckon just now. Please try again.'
      : `Slack would not make a channel (${made.reason}). Beckon needs the scope groups:write, and your workspace must let apps make private channels.`,
  );
}
