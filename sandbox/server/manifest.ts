import { z } from 'zod';
import { functionFaults, functionsSchema } from './manifest-functions.ts';

/** The parts of an app manifest the local Slack obeys. Everything else in the file is left alone. */
const parts = z.object({
  display_information: z.object({ name: z.string(), description: z.string().optional() }),
  features: z
    .object({
      bot_user: z.object({ display_name: z.string() }).optional(),
      app_home: z
        .object({
          home_tab_enabled: z.boolean().optional(),
          messages_tab_enabled: z.boolean().optional(),
          messages_tab_read_only_enabled: z.boolean().optional(),
        })
        .optional(),
      slash_commands: z
        .array(
          z.object({
            command: z.string(),
            description: z.string(),
            usage_hint: z.string().optional(),
            should_escape: z.boolean().optional(),
          }),
        )
        .optional(),
      shortcuts: z
        .array(
          z.object({
            name: z.string(),
            type: z.enum(['global', 'message']),
            callback_id: z.string(),
            description: z.string(),
          }),
        )
        .optional(),
    })
    .optional(),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()).optional() }).optional() }).optional(),
  settings: z
    .object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()).optional() }).optional(),
      org_deploy_enabled: z.boolean().optional(),
      function_runtime: z.string().optional(),
    })
    .optional(),
  functions: functionsSchema.optional(),
});

export const manifestSchema = parts.superRefine(({ functions = {}, settings }, context) => {
  for (const message of functionFaults(functions, settings)) context.addIssue({ code: 'custom', message });
});

export type Manifest = z.infer<typeof manifestSchema>;

export function botScopes(manifest: Manifest): string[] {
  return manifest.oauth_config?.scopes?.bot ?? [];
}

export function botEvents(manifest: Manifest): string[] {
  return manifest.settings?.event_subscriptions?.bot_events ?? [];
}

export function slashCommand(manifest: Manifest, command: string) {
  return manifest.features?.slash_commands?.find((known) => known.command === command);
}

export function shortcut(manifest: Manifest, callbackId: string) {
  return manifest.features?.shortcuts?.find((known) => known.callback_id === callbackId);
}
