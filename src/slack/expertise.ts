/** `/expertise`: who knows what, and for administrators the catalogue. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import { matchName, readMentions, splitWord } from '../domain/command-line.ts';
import { unquote } from '../domain/name.ts';
import type { Deps } from '../services/deps.ts';
import { assign, unassign } from '../services/expertise/assign.ts';
import { editExpertise } from '../services/expertise/edit.ts';
import { expertiseForm, newExpertiseForm } from '../services/expertise/form.ts';
import { expertiseList } from '../services/expertise/list.ts';
import { newExpertise } from '../services/expertise/new.ts';
import { expertiseOptions } from '../services/expertise/options.ts';
import { whatDoesKnow, whoKnows } from '../services/expertise/who.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { showPreferences } from './preferences.ts';
import { reply } from './reply.ts';
import {
  assignedReply,
  editedModal,
  expertiseModal,
  helpText,
  ids,
  knownReply,
  listModal,
  listReply,
  readExpertise,
  unassignedReply,
  unknownWordReply,
  unresolvedReply,
  whoReply,
} from './views/expertise.ts';
import { EXPERTISE_OPTIONS } from './views/expertise-input.ts';
import { option } from './views/form.ts';

type Command = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;
type Submission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;
type Word = 'list' | 'who' | 'me' | 'new' | 'edit' | 'assign' | 'unassign' | 'help';

async function list(command: Command, deps: Deps): Promise<void> {
  await reply(command.respond, listReply(await expertiseList(deps, actorOf(command))));
}

async function who(command: Command, deps: Deps, rest: string): Promise<void> {
  const actor = actorOf(command);
  const { userIds, unresolved, text } = readMentions(rest);
  const [userId] = userIds;
  if (userId !== undefined) await reply(command.respond, knownReply(await whatDoesKnow(deps, actor, userId)));
  else if (unresolved.length > 0 && text === '') await reply(command.respond, unresolvedReply(unresolved));
  else await reply(command.respond, whoReply(await whoKnows(deps, actor, text)));
}

async function me(command: Command, deps: Deps): Promise<void> {
  await showPreferences({ client: command.client, triggerId: command.body.trigger_id, actor: actorOf(command) }, deps);
}

async function add(command: Command, deps: Deps, rest: string): Promise<void> {
  const name = unquote(readMentions(rest).text);
  await openModal({ client: command.client, triggerId: command.body.trigger_id, title: 'New expertise' }, async () =>
    expertiseModal(await newExpertiseForm(deps, actorOf(command), name)),
  );
}

async function edit(command: Command, deps: Deps, rest: string): Promise<void> {
  const { text: name } = readMentions(rest);
  await openModal({ client: command.client, triggerId: command.body.trigger_id, title: 'Edit expertise' }, async () =>
    expertiseModal(await expertiseForm(deps, actorOf(command), { name })),
  );
}

const assignment =
  (verb: typeof assign, say: typeof assignedReply) =>
  async (command: Command, deps: Deps, rest: string): Promise<void> => {
    const { userIds, unresolved, text } = readMentions(rest);
    if (unresolved.length > 0) await reply(command.respond, unresolvedReply(unresolved));
    else await reply(command.respond, say(await verb(deps, actorOf(command), { userIds, name: text })));
  };

const words: Record<Word, (command: Command, deps: Deps, rest: string) => Promise<void>> = {
  list,
  who,
  me,
  new: add,
  edit,
  assign: assignment(assign, assignedReply),
  unassign: assignment(unassign, unassignedReply),
  help: (command) => reply(command.respond, helpText),
};

const WORDS: readonly Word[] = ['list', 'who', 'me', 'new', 'edit', 'assign', 'unassign', 'help'];

async function dispatch(command: Command, deps: Deps): Promise<void> {
  const { word, rest } = splitWord(command.command.text);
  if (word === '') {
    await list(command, deps);
    return;
  }
  const match = matchName(
    word,
    WORDS.map((item) => ({ item, keys: [item] })),
  );
  if (match.kind === 'found') await words[match.item](command, deps, rest);
  else await reply(command.respond, unknownWordReply(word, match.kind === 'none' ? match.closest : match.items[0]));
}

/** Clicked in a modal the form is laid on top of it, else it is opened. */
const how = ({ body }: Click): 'open' | 'push' => (body.view?.type === 'modal' ? 'push' : 'open');

async function openNew(click: Click, deps: Deps): Promise<void> {
  const { client, body } = click;
  await openModal(
    { client, triggerId: body.trigger_id, title: 'New expertise' },
    async () => expertiseModal(await newExpertiseForm(deps, actorOf(click))),
    how(click),
  );
}

async function openEdit(click: Click, deps: Deps): Promise<void> {
  const { client, body, action } = click;
  await openModal(
    { client, triggerId: body.trigger_id, title: 'Edit expertise' },
    async () => expertiseModal(await expertiseForm(deps, actorOf(click), { id: action.value ?? '' })),
    how(click),
  );
}

async function showAll(click: Click, deps: Deps): Promise<void> {
  const { client, body } = click;
  await openModal(
    { client, triggerId: body.trigger_id, title: 'Expertise' },
    async () => listModal(await expertiseList(deps, actorOf(click))),
    how(click),
  );
}

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const actor = actorOf(submission);
  const form = readExpertise(submission.view);
  if (form.row === undefined) {
    await newExpertise(deps, actor, form);
    return { close: 'top' };
  }
  const edited = await editExpertise(deps, actor, { expertiseId: form.row.id, version: form.row.version, ...form });
  const more = editedModal(edited);
  return more ? { show: more } : { close: 'top' };
}

export function registerExpertise(app: App, deps: Deps): void {
  app.command('/expertise', (command) => dispatch(command, deps));
  app.action<BlockAction<ButtonAction>>(ids.add, (click) => openNew(click, deps));
  app.action<BlockAction<ButtonAction>>(ids.edit, (click) => openEdit(click, deps));
  app.action<BlockAction<ButtonAction>>(ids.all, (click) => showAll(click, deps));
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
  app.options(EXPERTISE_OPTIONS, async (asked) => {
    const choices = await expertiseOptions(deps, actorOf(asked), asked.options.value);
    await asked.ack({ options: choices.map(({ id, name }) => option(name, id)) });
  });
}
