/** Acknowledges, throws away replays, and turns whatever a listener throws into words where the person acted. */
import type { AckFn, AllMiddlewareArgs, AnyMiddlewareArgs, RespondFn, StringIndexed } from '@slack/bolt';
import { Refusal } from '../errors.ts';
import type { Deps } from '../services/deps.ts';
import { hurryOwnHome } from '../services/home/hurry.ts';
import { isFirst } from '../services/once.ts';
import { admit } from '../services/rights.ts';
import { actorOf } from './actor.ts';
import { setPreparation, wordsOf } from './modal.ts';
import { readPayload, type Payload } from './payload.ts';
import type { Reply } from './reply.ts';
import { Told, Unsaid } from './told.ts';
import { messageModal, SAVING, withAlert } from './views/blocks.ts';

/** What any payload's listener is given, as far as answering goes; which of the optional ones are there depends on its kind. */
type Args = AllMiddlewareArgs & { body: StringIndexed; ack?: AckFn<unknown>; respond?: RespondFn };

/** Answers at the place of the act. */
async function answer(
  { client, respond, ack }: Args,
  { kind, modal, triggerId }: Payload,
  text: string,
  title: string,
): Promise<void> {
  if (kind === 'options') await ack?.({ options: [] });
  else if (kind === 'submission' && modal) {
    await ack?.({ response_action: 'update', view: withAlert(modal.modal, text) });
  } else if (respond) await respond({ response_type: 'ephemeral', replace_original: false, text });
  else if (kind === 'click' && modal) {
    await client.views.update({ view_id: modal.id, view: withAlert(modal.modal, text) });
  } else if (triggerId !== undefined && kind !== 'closed') {
    await client.views.open({ trigger_id: triggerId, view: messageModal(title, text) });
  }
}

async function write({ client, logger, ...args }: Args, said: Reply): Promise<void> {
  const message = typeof said === 'string' ? { text: said } : said;
  try {
    await client.chat.postMessage({ channel: actorOf(args).userId, ...message });
  } catch (failure) {
    logger.error('Somebody could not be told how it went.', failure);
  }
}

async function tell(args: Args, payload: Payload, error: unknown): Promise<void> {
  if (error instanceof Told) return;
  if (error instanceof Unsaid) {
    await write(args, error.said);
    return;
  }
  const text = wordsOf(error);
  try {
    await answer(args, payload, text, error instanceof Refusal ? 'Not possible' : 'Something went wrong');
  } catch (failure) {
    // The trigger has expired, the view is closed, or the response URL is used up: the direct message is always there.
    args.logger.warn('Could not answer in place, writing to the person instead.', failure);
    await write(args, text);
  }
}

/**
 * Whether the payload is to be worked on: seen for the first time, and its person met.
 *
 * @throws Refusal `not_allowed` for everybody who is no full member, whatever they typed or pressed
 */
async function prepare(deps: Deps, args: Args, { triggerId }: Payload): Promise<boolean> {
  const { workspaceId, userId } = actorOf(args);
  if (triggerId !== undefined && !(await isFirst(deps, { workspaceId, triggerId }))) return false;
  // Outsiders can press buttons in shared channels and guests can type commands: nothing of Beckon answers them.
  await admit(deps, { workspaceId, userId });
  return true;
}

async function guarded(deps: Deps, args: Args, payload: Payload): Promise<void> {
  if (payload.kind === 'submission' && payload.modal?.modal.callback_id === SAVING) {
    await args.ack?.({ response_action: 'update', view: payload.modal.modal });
    return;
  }
  if (payload.kind === 'submission' || payload.kind === 'options') {
    setPreparation(args.context, () => prepare(deps, args, payload));
  } else {
    await args.ack?.();
    if (payload.kind !== 'closed' && !(await prepare(deps, args, payload))) return;
  }
  await args.next();
  if (payload.kind !== 'options' && payload.kind !== 'closed') await showOwnHome(deps, args);
}

/** What they did worked; that their Home could not be hurried must not look as if it had not. */
async function showOwnHome(deps: Deps, args: Args): Promise<void> {
  try {
    await hurryOwnHome(deps, actorOf(args));
  } catch (error) {
    args.logger.warn('Somebody’s own Home will follow later.', error);
  }
}

/**
 * The one Bolt middleware of Beckon. Commands, clicks and shortcuts are acknowledged before anything else, so a slow database costs
 * nobody their three seconds; submissions and searches are acknowledged by `submitted` and `suggested` with their outcome; events were acknowledged when they were
 * stored, and their errors go on to be retried.
 */
export const boundary =
  (deps: Deps) =>
  async (listened: AllMiddlewareArgs & AnyMiddlewareArgs): Promise<void> => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Bolt's union of all payloads has no common answer to use
    const args = listened as AllMiddlewareArgs as Args;
    const payload = readPayload(args.body);
    if (payload.kind === 'event') {
      await args.next();
      return;
    }
    try {
      await guarded(deps, args, payload);
    } catch (error) {
      await tell(args, payload, error);
      if (!(error instanceof Refusal)) throw error;
    }
  };
