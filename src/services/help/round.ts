/** One round of calls: three steps, because choosing people wants signals that only Slack knows. */
import { isDndFresh } from '../../domain/availability.ts';
import {
  CALLED_A_ROUND,
  leftOut,
  rankCalls,
  rankToAsk,
  toAskPresenceOf,
  wayToCall,
  type Callable,
  type LeftOut,
} from '../../domain/calling.ts';
import type { Notice } from '../../domain/notice.ts';
import { countMatches, listCallable, type CandidateQuery } from '../../store/callable.ts';
import { insertCalls, type NewCall } from '../../store/calls.ts';
import type { NamedExpertise } from '../../store/conversation-expertise.ts';
import type { Trx } from '../../store/db.ts';
import { setRound, type HelpRequest } from '../../store/help-requests.ts';
import { findWorkspace, lockWorkspace } from '../../store/workspaces.ts';
import type { Deps } from '../deps.ts';
import { saveSignals } from '../person/signals.ts';

/** Those who would be called; whoever is called instead of one found away is called on what is known of them. */
const PRESENCE_ASKED = CALLED_A_ROUND;
const SHORTLIST = 200;
/** How long it is believed who reads the help channel: events keep it true. */
const READERS_KNOWN_MINUTES = 24 * 60;
/** `dnd.teamInfo` answers for this many in one call. */
const DND_ASKED = 50;

export type RoundQuery = Omit<CandidateQuery, 'now' | 'limit'> & { helpChannelId: string };

/** What a round knows from Slack. */
export type RoundSignals = { helpChannelMembers: ReadonlySet<string> | undefined };

export type CalledFrom = {
  readonly query: RoundQuery;
  readonly wanted: readonly NamedExpertise[];
  readonly signals: RoundSignals;
};

async function learnDnd(deps: Deps, workspaceId: string, candidates: readonly Callable[]): Promise<void> {
  const stale = candidates.filter((who) => !isDndFresh(who.person, deps.now())).slice(0, DND_ASKED);
  if (stale.length === 0) return;
  const answers = await deps.slack.dnd(
    workspaceId,
    stale.map((who) => who.person.userId),
  );
  await saveSignals(deps, workspaceId, { dnd: answers });
}

async function learnPresence(deps: Deps, query: RoundQuery, awayEmoji: readonly string[]): Promise<void> {
  const now = deps.now();
  const ranked = rankToAsk(await listCallable(deps.db, { ...query, now, limit: SHORTLIST }), { awayEmoji, now });
  const asked = toAskPresenceOf(ranked, now, PRESENCE_ASKED);
  if (asked.length > 0)
    await saveSignals(deps, query.workspaceId, { presence: await deps.slack.presence(query.workspaceId, asked) });
}

/**
 * Before the transaction: asks Slack for the signals that are missing or stale of the few who are likely to be called, and saves them.
 *
 * @param fallbackId who may be called where nobody else can be: a person is mentioned where they read it
 */
export async function prepareRound(deps: Deps, query: RoundQuery, fallbackId = ''): Promise<RoundSignals> {
  const { workspaceId, helpChannelId } = query;
  const workspace = await findWorkspace(deps.db, workspaceId);
  const shortlist = await listCallable(deps.db, { ...query, now: deps.now(), limit: DND_ASKED });
  const isPerson = fallbackId !== '' && !fallbackId.startsWith('S');
  const [members] = await Promise.all([
    helpChannelId === '' || (shortlist.length === 0 && !isPerson)
      ? 'unknown'
      : deps.slack.members(workspaceId, helpChannelId, { maxAgeMinutes: READERS_KNOWN_MINUTES }),
    learnDnd(deps, workspaceId, shortlist),
  ]);
  await learnPresence(deps, query, workspace?.awayEmoji ?? []);
  return { helpChannelMembers: members === 'unknown' ? undefined : new Set(members) };
}

type Round = { calls: NewCall[]; notices: Notice[]; leftOut: LeftOut };

/**
 * Inside the transaction: chooses from stored signals, stores whom it calls, and answers what must be announced.
 *
 * @param replaces somebody of the last round said *Not now*: one more is called, and it counts as the same round
 */
export async function callRound(
  trx: Trx,
  deps: Deps,
  request: HelpRequest,
  { query, wanted, signals, replaces = false }: CalledFrom & { replaces?: boolean },
): Promise<Round> {
  const now = deps.now();
  const { awayEmoji } = await lockWorkspace(trx, request.workspaceId);
  const among = { ...query, requestId: request.id, now, limit: SHORTLIST };
  const candidates = await listCallable(trx, among);
  const names = new Map(wanted.map((expertise) => [expertise.id, expertise.name]));
  const hasCard = request.cardChannelId !== '' && request.cardChannelId === query.helpChannelId;
  const readers = hasCard ? signals.helpChannelMembers : undefined;
  const calls = rankCalls(candidates, { awayEmoji, now })
    .slice(0, replaces ? 1 : CALLED_A_ROUND)
    .map((who) => ({
      id: deps.newId(),
      userId: who.person.userId,
      way: wayToCall(who, readers),
      matched: who.covers.flatMap((id) => names.get(id) ?? []),
    }));
  const counts = { matches: await countMatches(trx, among), called: calls.length };
  const others = leftOut(candidates, counts, { awayEmoji, now });
  if (calls.length === 0) return { calls, notices: [], leftOut: others };
  const round = replaces ? request.round : request.round + 1;
  await setRound(trx, request.id, round);
  await insertCalls(trx, { workspaceId: request.workspaceId, requestId: request.id, round, now }, calls);
  return { calls, notices: callNotices(request, calls), leftOut: others };
}

function callNotices({ conversationId, id }: HelpRequest, calls: readonly NewCall[]): Notice[] {
  const mentioned = calls.filter((call) => call.way === 'mention').map((call) => call.id);
  return [
    ...(mentioned.length > 0
      ? [{ kind: 'help.called', conversationId, requestId: id, callIds: mentioned } as const]
      : []),
    ...calls
      .filter((call) => call.way === 'direct')
      .map((call) => ({ kind: 'help.called_direct', conversationId, requestId: id, callId: call.id }) as const),
  ];
}
