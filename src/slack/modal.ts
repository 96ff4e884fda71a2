/** Opening modals before their trigger runs out, and answering submissions within Slack's three seconds. */
import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { Refusal } from '../errors.ts';
import { readPayload, type EchoedModal } from './payload.ts';
import { loadingModal, messageModal, withAlert, type Modal } from './views/blocks.ts';

/** A modal whose data takes longer opens as a loading view first: a trigger lives three seconds. */
const LOADING_AFTER_MS = 300;
/** A submission whose verb takes longer is acknowledged with "Saving…" and finished with `views.update`. */
const SUBMIT_BUDGET_MS = 1500;

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

/** The boundary leaves here what must be done before a submission's verb, because it counts against the same budget. */
export const setPreparation = (context: object, prepare: () => Promise<boolean>): void =>
  void preparations.set(context, prepare);

const preparationOf = (context: object): (() => Promise<boolean>) =>
  preparations.get(context) ?? (() => Promise.resolve(true));

type Opening = { client: WebClient; triggerId: string; title: string };

/**
 * Opens a modal (or pushes it onto the one that is open), at once where its data is there within 300 ms, else as a loading view
 * that is filled when it comes. A refusal that comes late is shown in the view.
 */
export async function openModal(
  { client, triggerId, title }: Opening,
  load: () => Promise<Modal>,
  how: 'open' | 'push' = 'open',
): Promise<void> {
  const show = (view: Modal) => client.views[how]({ trigger_id: triggerId, view });
  const loading = load();
  const first = await within(LOADING_AFTER_MS, loading);
  if (first !== 'late') {
    await show(first);
    return;
  }
  // Caught below; without this a refusal while the loading view opens would count as unhandled.
  loading.catch(() => undefined);
  const opened = await show(loadingModal(title));
  const viewId = opened.view?.id;
  if (viewId === undefined) return;
  const view = await loading.catch((error: unknown) => {
    if (error instanceof Refusal) return messageModal(title, error.message);
    throw error;
  });
  await client.views.update({ view_id: viewId, view });
}

/** What a saved form does: close (`top`, or the whole stack), show another view in its place, or name fields to correct. */
export type SubmitAnswer = { close: 'top' | 'all' } | { show: Modal } | { errors: Record<string, string> };

type Submission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

const hasInput = ({ modal }: EchoedModal, blockId: string): boolean =>
  modal.blocks.some((block) => block.type === 'input' && block.block_id === blockId);

function refusedAnswer(view: EchoedModal, refusal: Refusal): SubmitAnswer {
  return refusal.field !== undefined && hasInput(view, refusal.field)
    ? { errors: { [refusal.field]: refusal.message } }
    : { show: withAlert(view.modal, refusal.message) };
}

async function acknowledge({ ack }: Submission, answer: SubmitAnswer): Promise<void> {
  if ('errors' in answer) await ack({ response_action: 'errors', errors: answer.errors });
  else if ('show' in answer) await ack({ response_action: 'update', view: answer.show });
  else if (answer.close === 'all') await ack({ response_action: 'clear' });
  else await ack();
}

const savedModal = (title: string): Modal => messageModal(title, ':white_check_mark: Saved.');
const savingModal = (title: string): Modal => messageModal(title, ':hourglass_flowing_sand: Saving…');

/** A late answer cannot close a view or mark a field any more: it says so in the view. */
function lateView({ modal }: EchoedModal, answer: SubmitAnswer): Modal {
  if ('show' in answer) return answer.show;
  if ('errors' in answer) return withAlert(modal, Object.values(answer.errors).join(' '));
  return savedModal(modal.title.text);
}

async function answerOf(args: Submission, view: EchoedModal, work: () => Promise<SubmitAnswer>): Promise<SubmitAnswer> {
  try {
    const replayed = !(await preparationOf(args.context)());
    return replayed ? { close: 'top' } : await work();
  } catch (error) {
    if (error instanceof Refusal) return refusedAnswer(view, error);
    throw error;
  }
}

/**
 * Runs a submission's verb and acknowledges with its answer; past the budget acknowledges with "Saving…" and shows the answer when it
 * comes. Refusals become words at their field, or above the form with everything typed kept. Bugs are thrown on, after the person was told.
 */
export async function submitted(args: Submission, work: () => Promise<SubmitAnswer>): Promise<void> {
  const view = readPayload(args.body).modal;
  if (view === undefined) throw new Error('A submission without its modal.');
  const answering = answerOf(args, view, work);
  const first = await within(SUBMIT_BUDGET_MS, answering);
  if (first !== 'late') return acknowledge(args, first);
  // Awaited below; without this a failure while "Saving…" is acknowledged would count as unhandled.
  answering.catch(() => undefined);
  await args.ack({ response_action: 'update', view: savingModal(view.modal.title.text) });
  const update = (shown: Modal) => args.client.views.update({ view_id: view.id, view: shown });
  try {
    await update(lateView(view, await answering));
  } catch (error) {
    await update(withAlert(view.modal, wordsOf(error)));
    throw error;
  }
}

/** What a person reads of an error: a refusal's own words, or that it was not their fault. */
export const wordsOf = (error: unknown): string =>
  error instanceof Refusal
    ? error.message
    : 'Something went wrong on our side. Please try again; if it happens again, tell an administrator what you did.';
