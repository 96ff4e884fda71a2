/** The secret a token's webhooks are signed with: derived, so that no database holds it. */
import { hkdfSync } from 'node:crypto';

const BYTES = 32;

/**
 * As the Standard Webhooks specification writes symmetric secrets: `whsec_` and base64. The same token and turn give the same secret for as
 * long as the configuration's secret is the same.
 */
export function webhookSecret(master: string, tokenId: string, turn: number): string {
  const key = hkdfSync('sha256', master, '', `beckon webhook ${tokenId} ${turn}`, BYTES);
  return `whsec_${Buffer.from(key).toString('base64')}`;
}
