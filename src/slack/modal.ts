/** Opening modals before their trigger runs out, and answering submissions within Slack's three seconds. */
import type { PlainTextOption } from '@slack/types';
import type { ViewsOpenResponse } from '@slack/web-api';
import { Refusal } from '../errors.ts';
import type { Search, Showing, Submission } from './act.ts';
import { readPayload, type EchoedModal } from './payload.ts';
import { slackErrorOf } from './judge.ts';
import { Told, saying } from './told.ts';
import { escape, loadingModal, messageModal, savingModal, withAlert, type Modal } from './views/blocks.ts';
import { isOf } from './views/form.ts';

/** A modal whose data takes longer opens as a loading view first: a trigger lives three seconds. */
const LOADING_AFTER_MS = 300;
/** A submission whose verb takes longer is acknowledged with "Saving…" and finished with `views.update`. */
const SUBMIT_BUDGET_MS = 1500;
/** Options that come later come too late for Slack; none are offered then, and typing on asks again. */
const OPTIONS_BUDGET_MS = 2500;

const later = (ms: number): { done: Promise<'late'>; cancel: () => void } => {
  let timer: NodeJS.Timeout;
  const done = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  return { done, cancel: () => clearTimeout(timer) };
};

async function within<T>(ms: number, work: Promise<T>): Promise<T | 'late'> {
  const timeout = later(ms);
  try {
    return await Promise.race([work, timeout.done]);
  } finally {
    timeout.cancel();
  }
}

const preparations = new WeakMap<object, () => Promise<boolean>>();

/** The boundary leaves here what must be done before the verb of a submission or search, because it counts against the same budget. */
export const setPreparation = (context: object, prepare: () => Promise<boolean>): void =>
  void preparations.set(context, prepare);

const preparationOf = (context: object): (() => Promise<boolean>) =>
  preparations.get(context) ?? (() => Promise.resolve(true));

/** A view in the state in which it was shown last: its hash tells whether it still is. */
export type ShownView = { readonly id: string; readonly hash: string };

const shownView = ({ view }: ViewsOpenResponse): ShownView | undefined =>
  view?.id === undefined || view.hash === undefined ? undefined : { id: view.id, hash: view.hash };

type Opening = Omit<Showing, 'actor'> & { readonly title: string };

/**
 * Opens a modal, or pushes it onto the one that is open, at once where its data is there within 300 ms, else as a loading view
 * that is filled when it comes. What fails late is said in the view.
 *
 * @returns the view as it stands now, undefined where something failed
 * @throws Told after a failure that was said in the view
 */
export async function showModal(
  { client, triggerId, how, title }: Opening,
  load: () => Promise<Modal>,
): Promise<ShownView | undefined> {
  const show = (view: Modal) => client.views[how]({ trigger_id: triggerId, view });
  const loading = load();
  const first = await within(LOADING_AFTER_MS, loading);
  if (first !== 'late') {
    return shownView(await show(first));
  }
  // Caught below; without this a refusal while the loading view opens would count as unhandled.
  loading.catch(() => undefined);
  const opened = await show(loadingModal(title));
  const viewId = opened.view?.id;
  if (viewId === undefined) return undefined;
  let failure: unknown;
  const view = await loading.catch((error: unknown) => {
    failure = error;
    return messageModal(title, wordsOf(error));
  });
  const updated = await client.views.update({ view_id: viewId, view }).catch(unlessClosed);
  if (failure !== undefined && !(failure instanceof Refusal)) throw new Told(failure);
  return failure === undefined && updated ? shownView(updated) : undefined;
}

/** The same, where nothing follows. */
export async function openModal(...modal: Parameters<typeof showModal>): Promise<void> {
  await showModal(...modal);
}

/** Who closes a window that is loading does not want to know any more. */
function unlessClosed(error: unknown): undefined {
  if (slackErrorOf(error) !== 'not_found') throw error;
  return undefined;
}

/** What a saved form does: close (`top`, or the whole stack), show another view in its place, or name fields to correct. */
export type SubmitAnswer = { close: 'top' | 'all' } | { show: Modal } | { errors: Record<string, string> };

const inputOf = ({ modal }: EchoedModal, field: string): string | undefined =>
  modal.blocks.find((block) => block.type === 'input' && isOf(block.block_id, field))?.block_id;

function refusedAnswer(view: EchoedModal, refusal: Refusal): SubmitAnswer {
  const blockId = refusal.field === undefined ? undefined : inputOf(view, refusal.field);
  return blockId === undefined
    ? { show: withAlert(view.modal, refusal.message) }
    : { errors: { [blockId]: refusal.message } };
}

async function acknowledge({ ack }: Submission, answer: SubmitAnswer): Promise<void> {
  if ('errors' in answer) await ack({ response_action: 'errors', errors: answer.errors });
  else if ('show' in answer) await ack({ response_action: 'update', view: answer.show });
  else if (answer.close === 'all') await ack({ response_action: 'clear' });
  else await ack();
}

const SAVED = ':white_check_mark: Saved.';

/** A late answer cannot close a view or mark a field any more: it says so in the view. */
function lateView({ modal }: EchoedModal, answer: SubmitAnswer): Modal {
  if ('show' in answer) return answer.show;
  if ('errors' in answer) return withAlert(modal, Object.values(answer.errors).join(' '));
  return messageModal(modal.title.text, SAVED);
}

async function prepared({ context }: Submission, work: () => Promise<SubmitAnswer>): Promise<SubmitAnswer> {
  const isNew = await preparationOf(context)();
  return isNew ? work() : { close: 'top' };
}

/**
 * Runs a submission's verb and acknowledges with its answer; past the budget acknowledges with "Saving…" and shows the answer when it
 * comes. Refusals become words at their field, or above the form with everything typed kept.
 *
 * @throws Told, Unsaid after a failure past the budget; before it, what the verb throws and is not a refusal
 */
export async function submitted(args: Submission, work: () => Promise<SubmitAnswer>): Promise<void> {
  const view = readPayload(args.body).modal;
  if (view === undefined) throw new Error('A submission without its modal.');
  const working = prepared(args, work);
  const first = await within(SUBMIT_BUDGET_MS, working).catch((error: unknown) => {
    if (error instanceof Refusal) return refusedAnswer(view, error);
    throw error;
  });
  if (first !== 'late') return acknowledge(args, first);
  // Awaited below; without this a failure while "Saving…" is acknowledged would count as unhandled.
  working.catch(() => undefined);
  await args.ack({ response_action: 'update', view: savingModal(view.modal) });
  await finish(args, view, working);
}

/** Shows the outcome of a form in the place of "Saving…"; somebody who has closed it meanwhile reads it in a direct message. */
async function finish({ client }: Submission, view: EchoedModal, working: Promise<SubmitAnswer>): Promise<void> {
  const show = (said: string, shown: Modal) =>
    saying(`*${escape(view.modal.title.text)}*  ${said}`, () => client.views.update({ view_id: view.id, view: shown }));
  let answer: SubmitAnswer;
  try {
    answer = await working;
  } catch (error) {
    await show(wordsOf(error), withAlert(view.modal, wordsOf(error)));
    if (error instanceof Refusal) return;
    throw new Told(error);
  }
  await show(SAVED, lateView(view, answer));
}

/** Answers a search within Slack's three seconds; with nothing where the answer is not there in time. */
export async function suggested({ ack, context }: Search, load: () => Promise<PlainTextOption[]>): Promise<void> {
  const loading = preparationOf(context)().then(load);
  const found = await within(OPTIONS_BUDGET_MS, loading);
  if (found === 'late') loading.catch(() => undefined);
  await ack({ options: found === 'late' ? [] : found });
}

/** What a person reads of an error: a refusal's own words, or that it was not their fault. */
export const wordsOf = (error: unknown): string =>
  error instanceof Refusal
    ? error.message
    : 'Something went wrong on our side. Please try again; if it happens again, tell an administrator what you did.';
