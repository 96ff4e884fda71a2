/** A bot opens a conversation: in a channel or thread where Beckon is, or in a private channel that Beckon makes for its visitor. */
import { placeUrl, type Spot } from '../../domain/place.ts';
import { channelNameFor } from '../../domain/visitor.ts';
import { Refusal } from '../../errors.ts';
import { addConversationExpertise, addCustomers, setNote, type Conversation } from '../../store/conversations.ts';
import { transaction, type Trx } from '../../store/db.ts';
import { findDesk } from '../../store/desks.ts';
import { announce } from '../../store/outbox.ts';
import { findConversation } from '../../store/conversations.ts';
import { saveVisitor } from '../../store/visitors.ts';
import { findWorkspace, lockWorkspace } from '../../store/workspaces.ts';
import { deskMeant } from '../conversation/desk-for.ts';
import { openAt } from '../conversation/open.ts';
import { examinePlace, type ExaminedPlace } from '../conversation/place.ts';
import type { Deps } from '../deps.ts';
import { ensureDefaultDesk } from '../desk/default.ts';
import { refreshHomes } from '../home/refresh.ts';
import type { Bot } from '../token/authenticate.ts';
import { madeChannel, type MakeChannel } from './channel.ts';
import { deskNamed, expertiseNamed } from './meant.ts';

export type Opening = {
  /** The conversation's id; asked for again with the same one, the one that is there is answered. */
  id: string;
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

async function newPlace(deps: Deps, bot: Bot, make: MakeChannel, opening: Opening): Promise<ExaminedPlace> {
  const { channelId, name } = await madeChannel(make, channelNameFor(opening.customerName, opening.id));
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

const openAlready = (conversation: Conversation): Refusal =>
  new Refusal('already', `A conversation is open there already: ${conversation.id}.`, 'channel');

async function keepWhatWasSaid(
  trx: Trx,
  deps: Deps,
  bot: Bot,
  { opening, expertiseIds }: { opening: Opening; expertiseIds: readonly string[] },
): Promise<void> {
  const { id, customerName, reference, language, country, transcript, note } = opening;
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
 * in it yet.
 *
 * @returns its id
 * @throws Refusal `invalid` on `desk` or `expertise[n]`; `already` on `channel` where one is open; `wrong_place`, `gone`, `unavailable`
 */
export async function openForBot(deps: Deps, make: MakeChannel, bot: Bot, opening: Opening): Promise<string> {
  const { db } = deps;
  const { workspaceId } = bot;
  if (await findConversation(db, workspaceId, opening.id)) return opening.id;
  const expertise = await expertiseNamed(db, workspaceId, opening.expertise);
  const desk = opening.desk === undefined ? undefined : await deskNamed(db, workspaceId, opening.desk);
  const place = opening.spot
    ? await examinePlace(deps, workspaceId, opening.spot)
    : await newPlace(deps, bot, make, opening);
  return transaction(db, async (trx) => {
    // So that the desk is not archived at this moment.
    await lockWorkspace(trx, workspaceId);
    const at = { workspaceId, deskId: await deskId(trx, deps, bot, place, desk?.id), openedBy: bot.speaksAs };
    const { conversation, opened } = await openAt(trx, deps, place, { ...at, id: opening.id });
    if (!opened && conversation.id !== opening.id) throw openAlready(conversation);
    if (opened) {
      await keepWhatWasSaid(trx, deps, bot, { opening, expertiseIds: expertise.map(({ id }) => id) });
      await refreshHomes(trx, deps, workspaceId);
    }
    return conversation.id;
  });
}
