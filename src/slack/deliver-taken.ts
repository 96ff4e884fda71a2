/** Somebody reads which expertise was taken from them. */
import type { Notice } from '../domain/notice.ts';
import { stillTaken } from '../services/expertise/take.ts';
import { postInternal, type Envelope } from './post.ts';
import { takenMessage } from './views/welcome.ts';

export async function deliverTaken(
  envelope: Envelope,
  notice: Extract<Notice, { kind: 'expertise.taken' }>,
): Promise<void> {
  const names = await stillTaken(envelope.deps, envelope.workspaceId, notice);
  if (names.length > 0) await postInternal(envelope, { userId: notice.userId }, takenMessage(names));
}
