/** What choosing people for a request needs: who is wanted, the conversation's desk, and what Slack says of those likely to be called. */
import { findConversation } from '../../store/conversations.ts';
import { findDesk } from '../../store/desks.ts';
import { findRequest, type HelpRequest } from '../../store/help-requests.ts';
import { listWanted } from '../../store/wanted-expertise.ts';
import type { Deps } from '../deps.ts';
import type { Situation } from './advance.ts';
import { prepareRound } from './round.ts';

type Asking = Pick<HelpRequest, 'id' | 'workspaceId' | 'conversationId' | 'askedBy' | 'fallbackAt'>;

/** Of a request that looks for help now, asked of Slack before any transaction; undefined once it is answered or over. */
export async function situationOf(deps: Deps, workspaceId: string, requestId: string): Promise<Situation | undefined> {
  const request = await findRequest(deps.db, workspaceId, requestId);
  return request?.state === 'open' ? situationFor(deps, request) : undefined;
}

/** The same for a request about to be made as another one was: those called then may be called again (`calledFor` ''). */
export async function situationFor(
  deps: Deps,
  { id, workspaceId, conversationId, askedBy, fallbackAt }: Asking,
  calledFor: string = id,
): Promise<Situation | undefined> {
  const conversation = await findConversation(deps.db, workspaceId, conversationId);
  const desk = conversation && (await findDesk(deps.db, workspaceId, conversation.deskId));
  if (conversation === undefined || desk === undefined) return undefined;
  const wanted = (await listWanted(deps.db, [id])).get(id) ?? [];
  const query = {
    workspaceId,
    conversationId,
    requestId: calledFor,
    deskId: desk.id,
    wanted: wanted.map((expertise) => expertise.id),
    except: [askedBy],
    helpChannelId: desk.helpChannelId,
  };
  return {
    query,
    wanted,
    desk,
    signals: await prepareRound(deps, query, fallbackAt === undefined ? desk.fallbackId : ''),
  };
}
