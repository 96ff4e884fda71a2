/** `/expertise`: who knows what, and for administrators the catalogue. */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  Context,
  ExternalSelectAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { matchName, readableText, readMentions, splitWord } from '../domain/command-line.ts';
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
import { answerAt } from './answer-at.ts';
import { showDelete } from './expertise-delete.ts';
import { showMerge } from './expertise-merge.ts';
import { openModal, submitted, suggested, type SubmitAnswer } from './modal.ts';
import { showPreferences } from './preferences.ts';
import { reply } from './reply.ts';
import {
  editedModal,
  expertiseModal,
  ids,
  listModal,
  listReply,
  readAnswerAt,
  readExpertise,
  REPLY_ITEMS_MAX,
} from './views/expertise.ts';
import { EXPERTISE_OPTIONS } from './views/expertise-input.ts';
import { savedText } from './views/expertise-saved.ts';
import {
  answeredReply,
  assignedReply,
  helpText,
  knownReply,
  unassignedReply,
  unknownWordReply,
  unresolvedReply,
} from './views/expertise-replies.ts';
import { option } from './views/form.ts';

type Command = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;
/** As far as both a button and a select go. */
type Opening = { client: WebClient; body: BlockAction; context: Context };
type Submission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;
type Word = 'list' | 'who' | 'me' | 'new' | 'edit' | 'merge' | 'delete' | 'assign' | 'unassign' | 'help';

async function list(command: Command, deps: Deps): Promise<void> {
  await reply(command.respond, listReply(await expertiseList(deps, actorOf(command), REPLY_ITEMS_MAX)));
}

/** Of more people at once nobody reads what each knows. */
const PEOPLE_AT_ONCE = 10;

async function who(command: Command, deps: Deps, rest: string): Promise<void> {
  const actor = actorOf(command);
  const { userIds, unresolved, text } = readMentions(rest);
  if (userIds.length > 0) {
    const known = await Promise.all(
      userIds.slice(0, PEOPLE_AT_ONCE).map((userId) => whatDoesKnow(deps, actor, userId)),
    );
    await reply(command.respond, known.map(knownReply).join('\n'));
  } else if (unresolved.length > 0 && text === '') await reply(command.respond, unresolvedReply(unresolved));
  else {
    const known = await whoKnows(deps, actor, text);
    await reply(command.respond, answeredReply(known));
  }
}

/** What opening a modal takes. */
const showing = (command: Command) => ({
  client: command.client,
  triggerId: command.body.trigger_id,
  actor: actorOf(command),
});

async function add(command: Command, deps: Deps, rest: string): Promise<void> {
  const name = unquote(readMentions(rest).text);
  await openModal({ client: command.client, triggerId: command.body.trigger_id, title: 'New expertise' }, async () =>
    expertiseModal(await newExpertiseForm(deps, actorOf(command), name), command.command.response_url),
  );
}

async function edit(command: Command, deps: Deps, rest: string): Promise<void> {
  const { text: name } = readMentions(rest);
  await openModal({ client: command.client, triggerId: command.body.trigger_id, title: 'Edit expertise' }, async () =>
    expertiseModal(await expertiseForm(deps, actorOf(command), { name }), command.command.response_url),
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
  me: (command, deps) => showPreferences(showing(command), deps),
  new: add,
  edit,
  merge: (command, deps, rest) => showMerge(showing(command), deps, readableText(rest)),
  delete: (command, deps, rest) => showDelete(showing(command), deps, readableText(rest)),
  assign: assignment(assign, assignedReply),
  unassign: assignment(unassign, unassignedReply),
  help: (command) => reply(command.respond, helpText),
};

const WORDS: readonly Word[] = ['list', 'who', 'me', 'new', 'edit', 'merge', 'delete', 'assign', 'unassign', 'help'];

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
const how = ({ body }: Opening): 'open' | 'push' => (body.view?.type === 'modal' ? 'push' : 'open');

async function openNew(click: Click, deps: Deps): Promise<void> {
  const { client, body } = click;
  await openModal(
    { client, triggerId: body.trigger_id, title: 'New expertise' },
    async () => expertiseModal(await newExpertiseForm(deps, actorOf(click))),
    how(click),
  );
}

async function openEdit(click: Opening, deps: Deps, id: string): Promise<void> {
  await openModal(
    { client: click.client, triggerId: click.body.trigger_id, title: 'Edit expertise' },
    async () => expertiseModal(await expertiseForm(deps, actorOf(click), { id })),
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

/** What is said once the form is closed, and where. */
type Later = { url: string; text: string };

/**
 * Laid on the list, it is the list that shows what was saved; opened by a command it is said where that was typed. That it could not be shown
 * must not look like a failed save.
 */
async function saved(submission: Submission, deps: Deps, { id }: { id: string }, later: Later): Promise<SubmitAnswer> {
  const { client, logger, view } = submission;
  const actor = actorOf(submission);
  const said = savedText(await expertiseForm(deps, actor, { id }));
  if (view.previous_view_id === null) {
    Object.assign(later, { url: readAnswerAt(view), text: said });
    return { close: 'top' };
  }
  await client.views
    .update({ view_id: view.previous_view_id, view: listModal(await expertiseList(deps, actor), said) })
    .catch((error: unknown) => logger.warn('The list of expertise below a saved form could not be shown anew.', error));
  return { close: 'top' };
}

async function save(submission: Submission, deps: Deps, later: Later): Promise<SubmitAnswer> {
  const actor = actorOf(submission);
  const form = readExpertise(submission.view);
  if (form.row === undefined) return saved(submission, deps, await newExpertise(deps, actor, form), later);
  const edited = await editExpertise(deps, actor, { expertiseId: form.row.id, version: form.row.version, ...form });
  const more = editedModal(edited);
  return more ? { show: more } : saved(submission, deps, edited.expertise, later);
}

/** The answer beside the form comes after the form was acknowledged: it may take a while. */
async function submit(submission: Submission, deps: Deps): Promise<void> {
  const later: Later = { url: '', text: '' };
  await submitted(submission, () => save(submission, deps, later));
  if (later.url !== '') await answerAt(later.url, later.text);
}

export function registerExpertise(app: App, deps: Deps): void {
  app.command('/expertise', (command) => dispatch(command, deps));
  app.action<BlockAction<ButtonAction>>(ids.add, (click) => openNew(click, deps));
  app.action<BlockAction<ButtonAction>>(ids.edit, (click) => openEdit(click, deps, click.action.value ?? ''));
  app.action<BlockAction<ExternalSelectAction>>(ids.pick, (click) =>
    openEdit(click, deps, click.action.selected_option?.value ?? ''),
  );
  app.action<BlockAction<ButtonAction>>(ids.all, (click) => showAll(click, deps));
  app.view<ViewSubmitAction>(ids.form, (submission) => submit(submission, deps));
  for (const actionId of [EXPERTISE_OPTIONS, ids.pick]) {
    app.options(actionId, (asked) =>
      suggested(asked, async () => {
        const choices = await expertiseOptions(deps, actorOf(asked), asked.options.value);
        return choices.map(({ id, name }) => option(name, id));
      }),
    );
  }
}
