import { z } from 'zod';

/** The parts of an app manifest that differ between Socket Mode and HTTP; everything else travels along unread. */
export const Manifest = z.looseObject({
  features: z.looseObject({ slash_commands: z.array(z.looseObject({ command: z.string() })) }),
  settings: z.looseObject({
    event_subscriptions: z.looseObject({ bot_events: z.array(z.string()) }),
    interactivity: z.looseObject({ is_enabled: z.boolean() }),
    socket_mode_enabled: z.boolean(),
  }),
});

/**
 * The same app with Slack's requests sent to `base` instead of a socket. Over HTTP Slack wants the address four times: for
 * each command, for events, for clicks, and for the choices of external selects.
 *
 * @param base where Beckon is reachable from the internet, https, without the `/slack/events` that is added here
 * @throws Error with words for the person at the terminal
 */
export function overHttp(manifest: z.infer<typeof Manifest>, base: string): z.infer<typeof Manifest> {
  const url = requestUrl(base);
  return {
    ...manifest,
    features: {
      ...manifest.features,
      slash_commands: manifest.features.slash_commands.map((command) => ({ ...command, url })),
    },
    settings: {
      ...manifest.settings,
      event_subscriptions: { request_url: url, ...manifest.settings.event_subscriptions },
      interactivity: { ...manifest.settings.interactivity, request_url: url, message_menu_options_url: url },
      socket_mode_enabled: false,
    },
  };
}

function requestUrl(base: string): string {
  if (!URL.canParse(base)) throw new Error(`--url is not a web address: ${JSON.stringify(base)}`);
  const url = new URL(base);
  if (url.protocol !== 'https:') throw new Error('--url must begin with https:// because Slack sends to nothing else');
  if (url.username || url.password || url.search || url.hash) {
    throw new Error('--url must be a plain address without user, query or fragment');
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/slack\/events$/, '');
  return `${url.origin}${path}/slack/events`;
}
