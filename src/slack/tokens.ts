/** Tokens: `/livechat tokens`, the list, and the form of one. */
import { randomBytes } from 'node:crypto';
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { TOKEN_PREFIX } from '../domain/token.ts';
import type { Actor, Deps } from '../services/deps.ts';
import { editToken } from '../services/token/edit.ts';
import { tokenList, tokenMeant } from '../services/token/list.ts';
import { makeToken } from '../services/token/make.ts';
import { revokeToken } from '../services/token/revoke.ts';
import { actorOf } from './actor.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { ids, readToken, revokedText, secretModal, tokenModal, tokensModal } from './views/tokens.ts';

type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;
type Submission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** 256 bits: nobody guesses one. */
const SECRET_BYTES = 32;

const newSecret = (): string => `${TOKEN_PREFIX}${randomBytes(SECRET_BYTES).toString('base64url')}`;

/** Opens the list of tokens. */
export async function showTokens(
  { client, triggerId, actor }: { client: WebClient; triggerId: string; actor: Actor },
  deps: Deps,
): Promise<void> {
  await openModal({ client, triggerId, title: 'Tokens' }, async () => tokensModal(await tokenList(deps, actor)));
}

async function openForm(click: Click, deps: Deps, tokenId: string | undefined): Promise<void> {
  const { client, body } = click;
  const actor = actorOf(click);
  const title = tokenId === undefined ? 'New token' : 'Edit token';
  const how = body.view?.type === 'modal' ? 'push' : 'open';
  const load = async () => {
    if (tokenId !== undefined) return tokenModal(await tokenMeant(deps, actor, tokenId));
    // Says no to who is no administrator before they fill in a form.
    await tokenList(deps, actor);
    return tokenModal();
  };
  await openModal({ client, triggerId: body.trigger_id, title }, load, how);
}

/** The list below a form is as old as the form. That it could not be shown anew must not look like a failed save. */
async function refreshList({ client, view, logger }: Submission, deps: Deps, actor: Actor): Promise<void> {
  const listViewId = view.root_view_id;
  if (!listViewId || listViewId === view.id) return;
  try {
    await client.views.update({ view_id: listViewId, view: tokensModal(await tokenList(deps, actor)) });
  } catch (error) {
    logger.warn('The list of tokens below a saved form could not be refreshed.', error);
  }
}

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const actor = actorOf(submission);
  const form = readToken(submission.view);
  const secret = newSecret();
  if ('added' in form) await makeToken(deps, actor, { ...form.added, secret });
  else await editToken(deps, actor, form.changed);
  await refreshList(submission, deps, actor);
  return 'added' in form ? { show: secretModal(form.added.name, secret) } : { close: 'top' };
}

async function revoke(click: Click, deps: Deps): Promise<void> {
  const actor = actorOf(click);
  const revoked = await revokeToken(deps, actor, click.action.value ?? '');
  const view = tokensModal(await tokenList(deps, actor), revokedText(revoked));
  if (click.body.view) await click.client.views.update({ view_id: click.body.view.id, view });
}

export function registerTokens(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) =>
    showTokens({ client: click.client, triggerId: click.body.trigger_id, actor: actorOf(click) }, deps),
  );
  app.action<BlockAction<ButtonAction>>(ids.add, (click) => openForm(click, deps, undefined));
  app.action<BlockAction<ButtonAction>>(ids.edit, (click) => openForm(click, deps, click.action.value));
  app.action<BlockAction<ButtonAction>>(ids.revoke, (click) => revoke(click, deps));
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
