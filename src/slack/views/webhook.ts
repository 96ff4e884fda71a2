/** The webhook of a token: where it goes, how it fares, its secret once, and what administrators are told. */
import type { KnownBlock } from '@slack/types';
import { counted } from '../../domain/wording.ts';
import type { WebhookForm } from '../../services/token/webhook-form.ts';
import {
  actions,
  ago,
  button,
  clockTime,
  context,
  escape,
  modal,
  plain,
  safeName,
  section,
  type Modal,
} from './blocks.ts';
import { input, readMetadata, readText, type SubmittedForm } from './form.ts';
import type { Message } from './help-card.ts';
import { ids as tokens, WEBHOOK } from './tokens.ts';

export const ids = {
  /** A button that opens the webhook of the token whose id is its value, as the other three buttons do theirs. */
  open: WEBHOOK,
  test: 'webhook.test',
  renew: 'webhook.renew',
  remove: 'webhook.remove',
  form: 'webhook.form',
} as const;

export const TITLE = 'Webhook';
/** Slack's limit for typed text. https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
const TYPED_MAX = 3000;

function stateOf({ url, goneAt, error, nextAt, waiting, setAside, sentAt }: WebhookForm): string {
  if (url === '') return 'Nothing is sent yet.';
  const aside =
    setAside === 0
      ? []
      : [`${counted(setAside, 'webhook was', 'webhooks were')} given up: \`/livechat undelivered\` tries them again.`];
  if (goneAt !== undefined) {
    const gone = `:no_entry: The endpoint said ${ago(goneAt)} that it is gone for good, so nothing is sent. Save its URL again, or another one, and Beckon goes on.`;
    return [gone, ...aside].join('\n');
  }
  const again =
    nextAt === undefined ? '' : ` ${counted(waiting, 'waits', 'wait')}, the next attempt is at ${clockTime(nextAt)}.`;
  return [
    error === '' ? ':large_green_circle: All is well.' : `:warning: ${escape(error)}${again}`,
    sentAt === undefined ? 'Nothing was taken in the last seven days.' : `Last taken ${ago(sentAt)}.`,
    ...aside,
  ].join('\n');
}

const buttonsOf = ({ tokenId: value }: WebhookForm): KnownBlock =>
  actions(
    button(ids.test, 'Send a test', { value }),
    button(ids.renew, 'New secret', {
      value,
      confirm: {
        title: plain('Make a new secret?'),
        text: plain(
          'The one before is worth nothing from that moment. What the endpoint then refuses is sent again for a day.',
        ),
        confirm: plain('New secret'),
        deny: plain('Keep'),
      },
    }),
    button(ids.remove, 'Remove', {
      value,
      style: 'danger',
      confirm: {
        title: plain('Remove this webhook?'),
        text: plain('Nothing is sent any more, and what still waits is forgotten.'),
        confirm: plain('Remove'),
        deny: plain('Keep'),
        style: 'danger',
      },
    }),
  );

const CANNOT_SIGN =
  'Webhooks are signed, and Beckon has nothing to sign them with. Ask whoever runs Beckon to set `BECKON_SECRET`, then come back.';

/** @param said what has just happened, on top */
export function webhookModal(form: WebhookForm, said?: string): Modal {
  const { name, url, canSign, tokenId } = form;
  const top = said === undefined ? [] : [section(said)];
  const state = section(`*${safeName(name)}*\n${stateOf(form)}`);
  if (!canSign) return modal(TITLE, [...top, state, section(`:warning: ${CANNOT_SIGN}`)]);
  return modal(
    TITLE,
    [
      ...top,
      state,
      input(
        'url',
        'URL',
        {
          type: 'plain_text_input',
          max_length: TYPED_MAX,
          placeholder: plain('https://bot.example.com/beckon'),
          ...(url !== '' && { initial_value: url }),
        },
        {
          hint: 'Beckon posts there what happens in conversations that this bot opened. The test goes to what is saved.',
        },
      ),
      ...(url === '' ? [] : [buttonsOf(form)]),
      context('Signed after the Standard Webhooks specification. What is not taken is sent again for a day.'),
    ],
    { callbackId: ids.form, submit: 'Save', metadata: { tokenId } },
  );
}

export const readWebhook = (form: SubmittedForm): { tokenId: string; url: string } => ({
  tokenId: readMetadata<{ tokenId: string }>(form).tokenId,
  url: readText(form, 'url'),
});

/** The one time it is shown. */
export const webhookSecretModal = (secret: string): Modal =>
  modal(TITLE, [
    section(':key: Webhooks are sent from now on. Copy their secret now: it is shown only here, and only to you.'),
    section(`\`\`\`${secret}\`\`\``),
    context('The endpoint proves with it that a webhook comes from Beckon. If it is lost or leaks, make a new one.'),
  ]);

export const savedText = ':white_check_mark: Saved. What waited is sent now.';
export const testingText = ':hourglass_flowing_sand: Sending a test…';
export const removedText = (removed: boolean): string =>
  removed ? ':white_check_mark: Removed. Nothing is sent any more.' : 'Somebody else removed it already.';

export const testedText = (error: string | undefined): string =>
  error === undefined
    ? ':white_check_mark: The endpoint took the test.'
    : `:warning: The endpoint did not take the test. ${escape(error)}`;

/** To administrators: an endpoint answered that it is gone for good. */
export function webhookGoneMessage(name: string): Message {
  const text = `:warning: The endpoint of *${safeName(name)}* answered that it is gone for good, so Beckon sends no webhooks there any more. Give it another URL, or save the same one again when it is back. What was waiting is in \`/livechat undelivered\`.`;
  return { text, blocks: [section(text), actions(button(tokens.open, 'Tokens'))] };
}
