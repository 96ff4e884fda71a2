/** Tokens: `/livechat tokens`, the list, and the form of one. */
import { randomBytes } from 'node:crypto';
import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import { TOKEN_PREFIX } from '../domain/token.ts';
import type { Deps } from '../services/deps.ts';
import { editToken } from '../services/token/edit.ts';
import { tokenList, tokenMeant } from '../services/token/list.ts';
import { makeToken } from '../services/token/make.ts';
import { revokeToken } from '../services/token/revoke.ts';
import { showing, type Click, type Showing, type Submission } from './act.ts';
import { actorOf } from './actor.ts';
import { listBelow, showBelow, showInstead } from './instead.ts';
import { openModal, submitted, type SubmitAnswer } from './modal.ts';
import { ids, readToken, revokedText, secretModal, tokenModal, tokensModal } from './views/tokens.ts';

/** 256 bits: nobody guesses one. */
const SECRET_BYTES = 32;

const newSecret = (): string => `${TOKEN_PREFIX}${randomBytes(SECRET_BYTES).toString('base64url')}`;

/** Opens the list of tokens. */
export const showTokens = (shown: Showing, deps: Deps): Promise<void> =>
  openModal({ ...shown, title: 'Tokens' }, async () => tokensModal(await tokenList(deps, shown.actor)));

async function openForm(click: Click, deps: Deps, tokenId: string | undefined): Promise<void> {
  const { actor, ...opening } = showing(click);
  const title = tokenId === undefined ? 'New token' : 'Edit token';
  const load = async () => {
    if (tokenId !== undefined) return tokenModal(await tokenMeant(deps, actor, tokenId));
    // Says no to who is no administrator before they fill in a form.
    await tokenList(deps, actor);
    return tokenModal();
  };
  await openModal({ ...opening, title }, load);
}

async function save(submission: Submission, deps: Deps): Promise<SubmitAnswer> {
  const actor = actorOf(submission);
  const form = readToken(submission.view);
  const secret = newSecret();
  if ('added' in form) await makeToken(deps, actor, { ...form.added, secret });
  else await editToken(deps, actor, form.changed);
  await showBelow(submission, listBelow(submission.view), async () => tokensModal(await tokenList(deps, actor)));
  return 'added' in form ? { show: secretModal(form.added.name, secret) } : { close: 'top' };
}

async function revoke(click: Click, deps: Deps): Promise<void> {
  const actor = actorOf(click);
  const revoked = await revokeToken(deps, actor, click.action.value ?? '');
  await showInstead(click, tokensModal(await tokenList(deps, actor), revokedText(revoked)));
}

export function registerTokens(app: App, deps: Deps): void {
  app.action<BlockAction<ButtonAction>>(ids.open, (click) => showTokens(showing(click), deps));
  app.action<BlockAction<ButtonAction>>(ids.add, (click) => openForm(click, deps, undefined));
  app.action<BlockAction<ButtonAction>>(ids.edit, (click) => openForm(click, deps, click.action.value));
  app.action<BlockAction<ButtonAction>>(ids.revoke, (click) => revoke(click, deps));
  app.view<ViewSubmitAction>(ids.form, (submission) => submitted(submission, () => save(submission, deps)));
}
