/** Notices that administrators read. */
import type { Notice } from '../domain/notice.ts';
import { undeliveredNews } from '../services/undelivered/list.ts';
import { postInternal, type Envelope } from './post.ts';
import { undeliveredMessage } from './views/undelivered.ts';

type Of<K extends Notice['kind']> = Extract<Notice, { kind: K }>;

/** Counted when it goes out: what was put back and delivered meanwhile is nobody's concern. */
export async function deliverUndelivered(envelope: Envelope, { userId }: Of<'undelivered'>): Promise<void> {
  const news = await undeliveredNews(envelope.deps, { workspaceId: envelope.workspaceId, userId });
  if (news) await postInternal(envelope, { userId }, undeliveredMessage(news));
}
