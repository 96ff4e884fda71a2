/** A customer's message opens a conversation in an automatic support channel (design, "support channel"). */
import { wasBefore, writtenAt } from '../../domain/late.ts';
import { isCustomer, isFullMember } from '../../domain/person.ts';
import type { Spot } from '../../domain/place.ts';
import { isSameQuestion, type Mode } from '../../domain/support-channel.ts';
import { Refusal } from '../../errors.ts';
import { findLastClosed, listOpenThreadsOf } from '../../store/closed-conversations.ts';
import { addConversationExpertise } from '../../store/conversation-expertise.ts';
import { addCustomers, type Conversation } from '../../store/conversations.ts';
import { transaction } from '../../store/db.ts';
import { listOnThisDesk } from '../../store/desk-agents.ts';
import { findDesk } from '../../store/desks.ts';
import type { KnownPerson } from '../../store/people.ts';
import { findSupportChannel, type SupportChannel } from '../../store/support-channels.ts';
import { setTimer } from '../../store/timers.ts';
import { lockWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';
import { ensureDefaultDesk } from '../desk/default.ts';
import { namedIn } from '../expertise/words.ts';
import { refreshHomes } from '../home/refresh.ts';
import { meet } from '../person/meet.ts';
import type { Written } from './note-message.ts';
import { openAt } from './open.ts';
import { examineChannel, examinePlace, type ExaminedPlace } from './place.ts';

/**
 * The open conversation of a question that was asked in several messages: further top-level messages of the same person within five
 * minutes, and what is answered below them, belong to the thread of the first.
 */
export async function sameQuestion(deps: Deps, written: Written): Promise<Conversation | undefined> {
  const { workspaceId, channelId, threadTs, ts, userId } = written;
  if ((await findSupportChannel(deps.db, workspaceId, channelId))?.mode !== 'threads') return undefined;
  const begins = threadTs === '' ? ts : threadTs;
  const author = threadTs === '' ? userId : await authorOf(deps, written);
  if (author === undefined) return undefined;
  const threads = await listOpenThreadsOf(deps.db, written, author);
  return threads.find((thread) => isSameQuestion(thread.threadTs, begins));
}

async function authorOf(deps: Deps, { workspaceId, channelId, threadTs }: Written): Promise<string | undefined> {
  const message = await deps.slack.message(workspaceId, channelId, threadTs);
  return message === 'unknown' || message === 'missing' ? undefined : message.userId;
}

/** Where a message opens a conversation: undefined where it opens none. */
async function spotFor(deps: Deps, mode: Mode, written: Written): Promise<Spot | undefined> {
  const { channelId, threadTs, ts } = written;
  if (mode === 'by_hand') return undefined;
  if (mode === 'conversation') {
    const last = await findLastClosed(deps.db, { ...written, threadTs: '' });
    return last && wasBefore(writtenAt(ts), last.closedAt) ? undefined : { channelId };
  }
  const began = await findLastClosed(deps.db, { ...written, threadTs: threadTs === '' ? ts : threadTs });
  // A message that has opened one already is being told of again; a reply goes on only where there was a conversation.
  if (threadTs === '') return began === undefined ? { channelId, threadTs: ts } : undefined;
  return began === undefined ? undefined : { channelId, threadTs };
}

/** In a channel without guests and other organizations a colleague who is not on its desk is who needs help in a thread. */
async function isColleagueWithQuestion(deps: Deps, person: KnownPerson, channel: SupportChannel, written: Written) {
  const { workspaceId, channelId, userId } = written;
  if (channel.mode !== 'threads' || !isFullMember(person)) return false;
  if ((await listOnThisDesk(deps.db, workspaceId, channel.deskId, [userId])).has(userId)) return false;
  if ((await examineChannel(deps, workspaceId, channelId)).isShared) return false;
  return (await examinePlace(deps, workspaceId, { channelId })).customers.length === 0;
}

async function examined(deps: Deps, written: Written, channel: SupportChannel): Promise<ExaminedPlace | undefined> {
  const { workspaceId, userId } = written;
  const spot = await spotFor(deps, channel.mode, written);
  const person = spot && (await meet(deps, workspaceId, [userId])).get(userId);
  if (spot === undefined) return undefined;
  if (person === undefined) throw new Refusal('unavailable', 'Slack did not say who wrote.');
  const asks = isCustomer(person) || (await isColleagueWithQuestion(deps, person, channel, written));
  return asks ? examinePlace(deps, workspaceId, spot) : undefined;
}

/** What cannot hold a conversation opens none: nobody is there to be told. That Slack did not answer is tried again. */
async function unlessRefused<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'unavailable') return undefined;
    throw error;
  }
}

/**
 * Ids of the expertise its words name, where somebody is to be chosen by them at once. An event that was set aside has lost its words:
 * Slack still has them, or they are done without.
 */
async function wantedBy(deps: Deps, written: Written, { deskId }: SupportChannel): Promise<string[]> {
  const { workspaceId, channelId, ts, text = '' } = written;
  const desk = await findDesk(deps.db, workspaceId, deskId);
  if (desk?.forwardsNew !== true) return [];
  const message = text === '' ? await deps.slack.message(workspaceId, channelId, ts) : { text };
  const words = message === 'missing' || message === 'unknown' ? '' : message.text;
  return (await namedIn(deps.db, workspaceId, words)).map(({ id }) => id);
}

/**
 * Opens the conversation that a message begins, as the channel's mode says. Nobody is in it yet: it stands on the Homes of its desk's agents,
 * or is forwarded at once to who knows what its words name.
 *
 * @throws Refusal `unavailable` when Slack does not answer
 */
export async function openByMessage(deps: Deps, written: Written): Promise<void> {
  const { workspaceId, channelId, userId } = written;
  const channel = await findSupportChannel(deps.db, workspaceId, channelId);
  const place = channel && (await unlessRefused(examined(deps, written, channel)));
  if (channel === undefined || place === undefined) return;
  const wanted = await wantedBy(deps, written, channel);
  await transaction(deps.db, async (trx) => {
    // So that the desk is not archived at this moment.
    await lockWorkspace(trx, workspaceId);
    const now = await findSupportChannel(trx, workspaceId, channelId);
    const bound = now && (await findDesk(trx, workspaceId, now.deskId));
    const desk = bound?.isArchived === false ? bound : await ensureDefaultDesk(trx, deps, workspaceId);
    const { conversation, opened } = await openAt(trx, deps, place, { workspaceId, deskId: desk.id, openedBy: userId });
    if (!opened) return;
    await addCustomers(trx, conversation.id, [userId]);
    if (desk.forwardsNew) {
      await addConversationExpertise(trx, conversation.id, wanted);
      await setTimer(trx, { workspaceId, kind: 'forward.new', subjectId: conversation.id }, deps.now());
    }
    await refreshHomes(trx, deps, workspaceId);
  });
}
