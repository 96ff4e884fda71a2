/**
 * The app with its workflow steps. They are kept apart from the manifest because Slack wants a paid plan for them, and an app
 * that has them cannot be distributed to other organisations.
 */
import { z } from 'zod';

/** As much of a manifest as steps touch; everything else travels along unread. */
export const ManifestFile = z.looseObject({
  settings: z.looseObject({ event_subscriptions: z.looseObject({ bot_events: z.array(z.string()) }) }),
});

/** The same app with these functions, and with what Slack asks of an app that has any. */
export function withSteps<M extends z.infer<typeof ManifestFile>, F>(manifest: M, functions: F) {
  const { settings } = manifest;
  const { event_subscriptions: events } = settings;
  return {
    ...manifest,
    settings: {
      ...settings,
      event_subscriptions: { ...events, bot_events: [...events.bot_events, 'function_executed'] },
      function_runtime: 'remote',
      org_deploy_enabled: true,
    },
    functions,
  };
}
