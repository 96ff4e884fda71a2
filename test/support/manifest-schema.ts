/** The parts of Slack's app manifest (version 1) that Beckon uses, with Slack's limits; a key Slack would not know is refused. */
import { z } from 'zod';

const within = (min: number, max: number) => z.string().min(min).max(max);
const address = (max: number) =>
  z
    .string()
    .regex(/^https?:\/\//)
    .max(max)
    .optional();

const unique = (names: readonly string[]) => new Set(names).size === names.length;
const events = z.array(within(1, 50)).max(100).refine(unique, 'names an event twice');
const scopes = z.array(within(1, 50)).max(255).refine(unique, 'names a scope twice');

const command = z.strictObject({
  command: z
    .string()
    .regex(/^\/\S+$/)
    .max(32),
  url: address(3000),
  description: within(1, 2000),
  usage_hint: within(1, 1000).optional(),
  should_escape: z.boolean().optional(),
});

const shortcut = z.strictObject({
  name: within(1, 24),
  type: z.enum(['message', 'global']),
  callback_id: within(1, 255),
  description: within(1, 150),
});

const home = z.strictObject({
  home_tab_enabled: z.boolean(),
  messages_tab_enabled: z.boolean(),
  messages_tab_read_only_enabled: z.boolean(),
});

const TYPES = ['string', 'integer', 'boolean', 'array', 'slack#/types/channel_id', 'slack#/types/user_id'] as const;

const parameter = z.strictObject({
  name: within(1, 100),
  // Slack's schema does not name the last one, its pages do.
  type: z.enum([...TYPES, 'slack#/types/options_select']),
  items: z.strictObject({ type: z.literal('string') }).optional(),
  title: within(1, 255),
  description: within(1, 255),
  is_required: z.boolean(),
  dynamic_options: z
    .strictObject({ function: z.string(), inputs: z.record(z.string(), z.strictObject({ value: z.string() })) })
    .optional(),
});
const parameters = z
  .record(z.string(), parameter)
  .refine((all) => Object.entries(all).every(([key, { name }]) => key === name), 'names a parameter twice');

const step = z.strictObject({
  title: within(1, 255),
  description: within(1, 255),
  input_parameters: parameters,
  output_parameters: parameters,
});

export const ManifestSchema = z.strictObject({
  display_information: z.strictObject({
    name: within(1, 35),
    description: within(1, 140).optional(),
    long_description: within(175, 4000).optional(),
    background_color: z
      .string()
      .regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i)
      .optional(),
  }),
  features: z.strictObject({
    app_home: home,
    bot_user: z.strictObject({ display_name: within(1, 80), always_online: z.boolean().optional() }),
    slash_commands: z.array(command).min(1).max(50),
    shortcuts: z.array(shortcut).min(1).max(10),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: scopes }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: address(3500), bot_events: events }),
    interactivity: z.strictObject({
      is_enabled: z.boolean(),
      request_url: address(3500),
      message_menu_options_url: address(3500),
    }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
    function_runtime: z.literal('remote').optional(),
  }),
  functions: z.record(within(1, 100), step).optional(),
});
