/** Tokens of bots: the list, the form of one, and the secret, once. */
import type { Button, KnownBlock } from '@slack/types';
import { TOKEN_NAME_MAX } from '../../domain/token.ts';
import { counted } from '../../domain/wording.ts';
import type { TokenChange } from '../../services/token/edit.ts';
import type { ListedToken } from '../../services/token/list.ts';
import { actions, ago, button, context, mention, modal, plain, safeName, section, type Modal } from './blocks.ts';
import {
  input,
  readPerson,
  readPersonChange,
  readRow,
  readText,
  readTextChange,
  TYPED_NAME_MAX,
  type RowRef,
  type SubmittedForm,
} from './form.ts';

export const ids = {
  /** A button anywhere that opens the list. */
  open: 'tokens.open',
  add: 'tokens.new',
  /** A button that opens the form of the token whose id is its value. */
  edit: 'tokens.edit',
  /** Revokes the token whose id is its value. */
  revoke: 'tokens.revoke',
  form: 'tokens.form',
} as const;

const TITLE = 'Tokens';
/** A button that opens the webhook of the token whose id is its value. */
export const WEBHOOK = 'webhook.open';
/** Two blocks each; of the hundred a view may have, the rest is for what stands around them. */
const TOKENS_SHOWN_MAX = 45;

function factsOf({ hint, speaksAs, madeBy, madeAt, usedAt }: ListedToken): string {
  return [
    `ends in \`${hint}\``,
    usedAt === undefined ? 'never used' : `last used ${ago(usedAt)}`,
    speaksAs === '' ? '' : `speaks as ${mention(speaksAs)}`,
    `made by ${mention(madeBy)} ${ago(madeAt)}`,
  ]
    .filter((fact) => fact !== '')
    .join(' · ');
}

/** What can be done with one. */
const buttonsOf = ({ id, name }: ListedToken): Button[] => [
  button(ids.edit, 'Edit', { value: id, label: `Edit the token ${name}` }),
  button(WEBHOOK, 'Webhook…', { value: id, label: `Webhook of the token ${name}` }),
  button(ids.revoke, 'Revoke', {
    value: id,
    style: 'danger',
    label: `Revoke the token ${name}`,
    confirm: {
      title: plain('Revoke this token?'),
      text: plain('Whatever uses it is refused from that moment. Conversations it opened stay as they are.'),
      confirm: plain('Revoke'),
      deny: plain('Keep'),
      style: 'danger',
    },
  }),
];

/** @param said what has just happened, on top */
export function tokensModal(tokens: readonly ListedToken[], said?: string): Modal {
  const left = tokens.length - TOKENS_SHOWN_MAX;
  return modal(TITLE, [
    ...(said === undefined ? [] : [section(said)]),
    context(
      'With a token a bot hands conversations over to your team, by HTTP. Each is shown once, when it is made. Give every bot its own.',
    ),
    ...tokens
      .slice(0, TOKENS_SHOWN_MAX)
      .flatMap((token): KnownBlock[] => [
        section(`*${safeName(token.name)}*\n${factsOf(token)}`),
        actions(...buttonsOf(token)),
      ]),
    ...(left > 0 ? [context(`${counted(left, 'more', 'more')}. Revoke some to see them.`)] : []),
    ...(tokens.length === 0 ? [section('There is no token yet.')] : []),
    actions(button(ids.add, 'New token', { style: 'primary' })),
  ]);
}

export function tokenModal(token?: ListedToken): Modal {
  const speaksAs = token?.speaksAs ?? '';
  return modal(
    token ? 'Edit token' : 'New token',
    [
      input(
        'name',
        'Name',
        {
          type: 'plain_text_input',
          max_length: TYPED_NAME_MAX,
          placeholder: plain('For example: Website bot'),
          ...(token && { initial_value: token.name }),
        },
        { hint: `Which bot it is for, up to ${TOKEN_NAME_MAX} characters. Only administrators see it.` },
      ),
      input(
        'speaks_as',
        'Speaks as',
        {
          type: 'users_select',
          placeholder: plain('Choose a bot'),
          ...(speaksAs !== '' && { initial_user: speaksAs }),
        },
        {
          optional: true,
          hint: 'The bot user of your own app, if it has one: it is added to channels Beckon makes, and what it writes there counts as the customer’s.',
        },
      ),
    ],
    {
      callbackId: ids.form,
      submit: token ? 'Save' : 'Make token',
      close: 'Cancel',
      ...(token && { metadata: { id: token.id, version: token.version } satisfies RowRef }),
    },
  );
}

/** What was typed: a new token, or the changes to one that is there. */
export function readToken(
  form: SubmittedForm,
): { added: { name: string; speaksAs: string } } | { changed: TokenChange } {
  const row = readRow(form);
  if (row === undefined) return { added: { name: readText(form, 'name'), speaksAs: readPerson(form, 'speaks_as') } };
  return {
    changed: {
      tokenId: row.id,
      name: readTextChange(form, 'name'),
      speaksAs: readPersonChange(form, 'speaks_as'),
    },
  };
}

/** The one time it is shown. */
export const secretModal = (name: string, secret: string): Modal =>
  modal('New token', [
    section(`:key: *${safeName(name)}* is ready. Copy the token now: it is shown only here, and only to you.`),
    section(`\`\`\`${secret}\`\`\``),
    context('Beckon keeps only its hash. If it is lost or leaks, revoke it and make another one.'),
  ]);

export const revokedText = (revoked: boolean): string =>
  revoked
    ? ':white_check_mark: The token is revoked. Whatever uses it is refused from now on.'
    : 'Somebody else revoked this token already.';
