/** A bot opens a conversation: in a channel or thread where Beckon is, or in a private channel that Beckon makes for its visitor. */
import { placeUrl, type Spot } from '../../domain/place.ts';
import { channelNameFor } from '../../domain/visitor.ts';
import { Refusal } from '../../errors.ts';
import { addConversationExpertise } from '../../store/conversation-expertise.ts';
import { addCustomers, setNote, type Conversation } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { findDesk } from '../../store/desks.ts';
import { announce } from '../../store/outbox.ts';
import { findVisitor, saveVisitor } from '../../store/visitors.ts';
import { findWorkspace, lockWorkspace } from '../../store/workspaces.ts';
import { deskMeant } from '../conversation/desk-for.ts';
import { openAt } from '../conversation/open.ts';
import { examinePlace, type ExaminedPlace } from '../conversation/place.ts';
import type { Deps } from '../deps.ts';
import { ensureDefaultDesk } from '../desk/default.ts';
import { refreshHomes } from '../home/refresh.ts';
import type { Bot } from '../token/authenticate.ts';
import { madeChannel, type MakeChannel } from './channel.ts';
import { isForBot } from './find.ts';
import { deskNamed, expertiseNamed } from './meant.ts';
import type { Attempt } from './once.ts';
import { conversationForBot, type BotView } from './view.ts';

export type Opening = {
  /** Absent: Beckon makes a private channel. */
  spot?: Spot | undefined;
  /** By id or name; absent: the channel's, else the default. */
  desk?: string | undefined;
  expertise: readonly string[];
  note: string;
  customerName: string;
  reference: string;
  language: string;
  country: string;
  transcript: string;
};

async function newPlace(deps: Deps, bot: Bot, make: MakeChannel, wishedName: string): Promise<ExaminedPlace> {
  const { channelId, name } = await madeChannel(make, wishedName);
  const workspace = await findWorkspace(deps.db, bot.workspaceId);
  const link = placeUrl(workspace?.url ?? '', channelId, '');
  return { channelId, threadTs: '', channelName: name, isPrivate: true, link, customers: [], text: '' };
}

async function deskId(trx: Trx, deps: Deps, bot: Bot, place: ExaminedPlace, chosen: string | undefined) {
  const { workspaceId } = bot;
  if (chosen !== undefined) {
    if ((await findDesk(trx, workspaceId, chosen))?.isArchived === false) return chosen;
    throw new Refusal('invalid', 'That desk was archived a moment ago.', 'desk');
  }
  const meant = await deskMeant(trx, { workspaceId, userId: '' }, place);
  return (meant ?? (await ensureDefaultDesk(trx, deps, workspaceId))).id;
}

/** Which one is told only to a bot that can see it. */
async function openAlready(trx: Trx, bot: Bot, { id }: Conversation): Promise<Refusal> {
  const isTheirs = isForBot(bot, await findVisitor(trx, bot.workspaceId, id));
  return new Refusal('already', `A conversation is open there already${isTheirs ? `: ${id}` : ''}.`, 'channel');
}

async function keepWhatWasSaid(
  trx: Trx,
  deps: Deps,
  bot: Bot,
  { id, opening, expertiseIds }: { id: string; opening: Opening; expertiseIds: readonly string[] },
): Promise<void> {
  const { customerName, reference, language, country, transcript, note } = opening;
  const isMade = opening.spot === undefined;
  const { tokenId, workspaceId } = bot;
  await saveVisitor(trx, id, { tokenId, customerName, reference, language, country, isMade, transcript });
  await addCustomers(trx, id, bot.speaksAs === '' ? [] : [bot.speaksAs]);
  await addConversationExpertise(trx, id, expertiseIds);
  if (note !== '') await setNote(trx, workspaceId, id, note);
  if (!isMade || bot.speaksAs === '') return;
  const invited = { kind: 'visitor.channel_made', conversationId: id, userId: bot.speaksAs } as const;
  await announce(trx, workspaceId, [invited], { now: deps.now(), newId: deps.newId });
}

/**
 * Opens a conversation. Its customers are the guests and outsiders of the place, and the bot's own Slack user where it has one. Nobody is
 * in it yet. The channel for a visitor has its name from the attempt's id: another attempt finds it.
 *
 * @throws Refusal `invalid` on `desk` or `expertise[n]`; `already` on `channel` where one is open; `wrong_place`, `gone`, `unavailable`
 */
export async function openForBot(
  deps: Deps,
  make: MakeChannel,
  bot: Bot,
  opening: Opening,
  attempt: Attempt<BotView>,
): Promise<void> {
  const { db } = deps;
  const { workspaceId } = bot;
  const { id } = attempt;
  const expertise = await expertiseNamed(db, workspaceId, opening.expertise);
  const desk = opening.desk === undefined ? undefined : await deskNamed(db, workspaceId, opening.desk);
  const place = opening.spot
    ? await examinePlace(deps, workspaceId, opening.spot)
    : await newPlace(deps, bot, make, channelNameFor(opening.customerName, id));
  await transaction(db, async (trx) => {
    // So that the desk is not archived at this moment.
    await lockWorkspace(trx, workspaceId);
    const at = { workspaceId, deskId: await deskId(trx, deps, bot, place, desk?.id), openedBy: bot.speaksAs };
    const { conversation, opened } = await openAt(trx, deps, place, { ...at, id });
    if (!opened) throw await openAlready(trx, bot, conversation);
    await keepWhatWasSaid(trx, deps, bot, { id, opening, expertiseIds: expertise.map((one) => one.id) });
    await refreshHomes(trx, deps, workspaceId);
    await attempt.settle(trx, await conversationForBot(trx, bot, id));
  });
}
