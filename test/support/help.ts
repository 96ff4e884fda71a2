/** A team that can be asked for help: a desk with its help channel, a customer's channel, an agent there, experts elsewhere. */
import type { Actor } from '../../src/services/deps.ts';
import { askForHelp, type Ask, type Asked } from '../../src/services/help/ask.ts';
import { channel, makeAgent, makeDesk, makeExpertise, makePerson, makeWorkspace, type TestDeps } from './make.ts';

export const actor = (userId: string, workspaceId = 'T1'): Actor => ({ workspaceId, userId });

/** Slack's timestamp of a message written now, or so many seconds from now. */
export const stampOf = ({ now }: Pick<TestDeps, 'now'>, seconds = 0): string =>
  `${Math.floor(now().getTime() / 1000) + seconds}.000100`;

type Options = { experts?: readonly string[]; helpChannelId?: string; answerMinutes?: number };

/**
 * Desk *Support* with help channel `CHELP`; Ana (`UANA`), an agent without expertise, and Gus (`UGUS`), a guest, in `CACME`; experts of
 * *Billing* (Ben and Cleo unless told otherwise) on the desk and in the help channel, active.
 */
export async function makeSupport(
  deps: TestDeps,
  { experts = ['UBEN', 'UCLEO'], helpChannelId = 'CHELP', answerMinutes = 5 }: Options = {},
): Promise<void> {
  const { db, slack } = deps;
  await makeWorkspace(db);
  await makeDesk(db, 'Support', { helpChannelId, answerMinutes });
  await makeExpertise(db, 'Billing');
  await makeAgent(db, 'UANA', { desks: ['support'] });
  await makePerson(db, 'UGUS', { isGuest: true });
  for (const userId of experts) await makeExpert(deps, userId);
  for (const id of ['CACME', 'CHELP']) slack.facts.channels.set(id, channel(id));
  slack.facts.members.set('CACME', ['UANA', 'UGUS', 'UBECKON']);
  slack.facts.members.set('CHELP', ['UANA', ...experts]);
}

type ExpertOptions = Parameters<typeof makeAgent>[2] & { presence?: 'active' | 'away' | 'unknown' };

/** An agent of *Support* who knows *Billing* and is active, unless told otherwise. */
export async function makeExpert(
  { db, slack }: TestDeps,
  userId: string,
  { presence = 'active', ...options }: ExpertOptions = {},
): Promise<void> {
  await makeAgent(db, userId, { desks: ['support'], expertise: ['billing'], ...options });
  slack.facts.presence.set(userId, presence);
}

/** Ana asks for help with billing in the customer's channel. */
export const ask = (deps: TestDeps, change: Partial<Ask> = {}, by = 'UANA'): Promise<Asked> =>
  askForHelp(deps, actor(by), { channelId: 'CACME', expertiseIds: ['billing'], note: '', ...change });
