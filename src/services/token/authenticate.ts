/** Who asks, from the token of a request. */
import { TOKEN_PREFIX } from '../../domain/token.ts';
import { findTokenBySecret, markTokenUsed } from '../../store/tokens.ts';
import type { Deps } from '../deps.ts';

/** A bot, by the token it came with. Every row it touches is of this workspace. */
export type Bot = {
  readonly workspaceId: string;
  readonly tokenId: string;
  readonly name: string;
  /** The Slack bot user it speaks through, '' for none. */
  readonly speaksAs: string;
};

const USE_NOTED_AFTER_MS = 60_000;

/**
 * The bot of a secret; undefined for one that was never made here or was revoked. That it is used is noted at most once a minute.
 *
 * @param workspaceId the workspace this process serves: of what another one holds it could reach nothing
 */
export async function authenticate({ db, now }: Deps, workspaceId: string, secret: string): Promise<Bot | undefined> {
  const token = await findTokenBySecret(db, secret);
  if (token?.workspaceId !== workspaceId) return undefined;
  if (token.revokedAt !== undefined || !secret.startsWith(TOKEN_PREFIX)) return undefined;
  const before = new Date(now().getTime() - USE_NOTED_AFTER_MS);
  if (token.usedAt === undefined || token.usedAt <= before.toISOString()) {
    await markTokenUsed(db, token.id, { now: now(), before });
  }
  return { workspaceId, tokenId: token.id, name: token.name, speaksAs: token.speaksAs };
}
