/** The port through which verbs reach webhooks: where they may go, how they are signed, and one that is only a test. */
import { pingBody } from '../domain/webhook.ts';
import type { WebhookPort } from '../services/deps.ts';
import { webhookSecret } from './secret.ts';
import { WebhookError, type WebhookSender } from './send.ts';

type Options = {
  sender: WebhookSender;
  /** The configuration's secret, '' where it has none. */
  master: string;
  allowPrivate: boolean;
  now: () => Date;
  newId: () => string;
};

/** A URL webhooks could go to, or why not, in words for who typed it. */
function urlMeant(typed: string, allowPrivate: boolean): URL | string {
  if (!URL.canParse(typed)) return 'This is no URL. It looks like `https://bot.example.com/beckon`.';
  const url = new URL(typed);
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) {
    return allowPrivate ? 'The URL must begin with `https://` or `http://`.' : 'The URL must begin with `https://`.';
  }
  if (url.username !== '' || url.password !== '') {
    return 'Leave the user name and password out of the URL: webhooks are signed, which proves who sends them.';
  }
  return url;
}

export function webhookPort({ sender, master, allowPrivate, now, newId }: Options): WebhookPort {
  const secretOf = (tokenId: string, turn: number) => (master === '' ? '' : webhookSecret(master, tokenId, turn));
  return {
    secretOf,
    async objection(typed) {
      const url = urlMeant(typed, allowPrivate);
      if (typeof url === 'string') return url;
      return sender.check(url).then(
        () => undefined,
        (error: WebhookError) => error.message,
      );
    },
    async ping({ url, tokenId, turn }) {
      const at = now();
      const sent = { url, secret: secretOf(tokenId, turn), id: `ping_${newId()}`, at, body: pingBody(at) };
      return sender.send(sent).then(
        () => undefined,
        (error: WebhookError) => error.message,
      );
    },
  };
}
