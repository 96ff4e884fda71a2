/** `/expertise`: who knows what, and for administrators the catalogue. */
import type { App, BlockAction, ButtonAction, ExternalSelectAction, ViewSubmitAction } from '@slack/bolt';
import { matchName, readableText, readMentions, splitWord } from '../domain/command-line.ts';
import { unquote } from '../domain/name.ts';
import type { Deps } from '../services/deps.ts';
import { assign, unassign } from '../services/expertise/assign.ts';
import { editExpertise } from '../services/expertise/edit.ts';
import { expertiseForm, newExpertiseForm } from '../services/expertise/form.ts';
import { expertiseList } from '../services/expertise/list.ts';
import { newExpertise } from '../services/expertise/new.ts';
import { whatDoesKnow, whoKnows } from '../services/expertise/who.ts';
import { showing, type Command, type Showing, type Submission } from './act.ts';
import { actorOf } from './actor.ts';
import { answerAt } from './answer-at.ts';
import { showDelete } from './expertise-delete.ts';
import { showMerge } from './expertise-merge.ts';
import { showBelow } from './instead.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { showPreferences } from './preferences.ts';
import { reply } from './reply.ts';
import { suggestExpertise } from './suggest-expertise.ts';
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

async function add(command: Command, deps: Deps, rest: string): Promise<void> {
  const name = unquote(readMentions(rest).text);
  await openModal({ ...showing(command), title: 'New expertise' }, async () =>
    expertiseModal(await newExpertiseForm(deps, actorOf(command), name), command.command.response_url),
  );
}

async function edit(command: Command, deps: Deps, rest: string): Promise<void> {
  const { text: name } = readMentions(rest);
  await openModal({ ...showing(command), title: 'Edit expertise' }, async () =>
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

const openNew = ({ actor, ...opening }: Showing, deps: Deps): Promise<void> =>
  openModal({ ...opening, title: 'New expertise' }, async () => expertiseModal(await newExpertiseForm(deps, actor)));

const openEdit = ({ actor, ...opening }: Showing, deps: Deps, id = ''): Promise<void> =>
  openModal({ ...opening, title: 'Edit expertise' }, async () =>
    expertiseModal(await expertiseForm(deps, actor, { id })),
  );

const showAll = ({ actor, ...opening }: Showing, deps: Deps): Promise<void> =>
  openModal({ ...opening, title: 'Expertise' }, async () => listModal(await expertiseList(deps, actor)));

/** What is said once the form is closed, and where. */
type Later = { url: string; text: string };

/** Laid on the list, it is the list that shows what was saved; opened by a command it is said where that was typed. */
async function saved(submission: Submission, deps: Deps, { id }: { id: string }, later: Later): Promise<SubmitAnswer> {
  const { view } = submission;
  const actor = actorOf(submission);
  const said = savedText(await expertiseForm(deps, actor, { id }));
  if (view.previous_view_id === null) {
    Object.assign(later, { url: readAnswerAt(view), text: said });
    return { close: 'top' };
  }
  await showBelow(submission, view.previous_view_id, async () => listModal(await expertiseList(deps, actor), said));
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
  app.action<BlockAction<ButtonAction>>(ids.add, (click) => openNew(showing(click), deps));
  app.action<BlockAction<ButtonAction>>(ids.edit, (click) => openEdit(showing(click), deps, click.action.value));
  app.action<BlockAction<ExternalSelectAction>>(ids.pick, (click) =>
    openEdit(showing(click), deps, click.action.selected_option?.value),
  );
  app.action<BlockAction<ButtonAction>>(ids.all, (click) => showAll(showing(click), deps));
  app.view<ViewSubmitAction>(ids.form, (submission) => submit(submission, deps));
  for (const actionId of [EXPERTISE_OPTIONS, ids.pick]) {
    app.options(actionId, (asked) => suggestExpertise(asked, deps));
  }
}
