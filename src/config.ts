/** The only reader of the environment. */
import { z } from 'zod';

const present = (what: string) => z.string({ error: `is missing: ${what}` }).min(1, `is empty: ${what}`);

const DEFAULT_PORT = 3000;

const Environment = z
  .object({
    SLACK_BOT_TOKEN: present('the bot token of the installed app, it starts with "xoxb-"').startsWith(
      'xoxb-',
      'must start with "xoxb-"',
    ),
    SLACK_SIGNING_SECRET: z.string().min(1, 'is empty').optional(),
    SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must start with "xapp-"').optional(),
    SLACK_API_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }).default('https://slack.com/api/'),
    PORT: z.coerce
      .number({ error: 'must be a port number' })
      .int('must be a port number')
      .min(0, 'must be a port number')
      .max(65_535, 'must be a port number')
      .optional(),
    HOST: z.string().default(''),
    API_RATE: z.coerce
      .number({ error: 'must be a whole number' })
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .default(1200),
    SLACK_PACE: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
    DATABASE_URL: z
      .string()
      .regex(
        /^(sqlite:.+|postgres(ql)?:\/\/.+)$/,
        'must look like "sqlite:path" or "postgres://user:password@host/name"',
      )
      .default('sqlite:data/beckon.db'),
    BECKON_SECRET: z.string().min(32, 'must be at least 32 characters long').optional(),
    WEBHOOKS_ALLOW_PRIVATE: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
        error: 'must be one of trace, debug, info, warn, error, fatal, silent',
      })
      .default('info'),
  })
  .refine((env) => env.SLACK_APP_TOKEN !== undefined || env.SLACK_SIGNING_SECRET !== undefined, {
    path: ['SLACK_SIGNING_SECRET'],
    message: 'is missing: without SLACK_APP_TOKEN (Socket Mode) Beckon listens for signed HTTP requests',
    // zod skips refinements once a field failed; a newcomer should read every missing variable at once.
    when: () => true,
  });

/** Over HTTP Slack's requests and bots' come to one port; in Socket Mode only bots' do, and without a port there is no API. */
type Connection =
  | { mode: 'socket'; appToken: string; port: number | undefined }
  | { mode: 'http'; signingSecret: string; port: number };

export type Config = {
  readonly botToken: string;
  readonly connection: Connection;
  /** The address to listen on, '' for every one. */
  readonly host: string;
  /** Requests of the API a minute and token. */
  readonly apiRate: number;
  /** Messages and invitations are sent no faster than Slack's published limits. */
  readonly isPaced: boolean;
  /** Base of the Slack API, with a slash at its end. */
  readonly slackApiUrl: string;
  readonly databaseUrl: string;
  readonly logLevel: string;
  /** What secrets of webhooks are derived from; undefined: webhooks cannot be set up. */
  readonly secret: string | undefined;
  /** Whether webhooks may go to private networks and by plain HTTP. */
  readonly webhooksAllowPrivate: boolean;
};

/** Thrown when the environment cannot be used; `message` names each bad or missing variable in a line of its own, never a value. */
export class ConfigError extends Error {}

/**
 * Reads and checks the environment. Blanks around a value do not count; empty variables count as absent, as they are in a
 * copied `.env.example`.
 *
 * @throws ConfigError
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const trimmed = Object.entries(env).map(([name, value]) => [name, value?.trim()] as const);
  const given = Object.fromEntries(trimmed.filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n'));
  }
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret = '', PORT: port, ...rest } = parsed.data;
  const connection: Connection =
    appToken === undefined
      ? { mode: 'http', signingSecret, port: port ?? DEFAULT_PORT }
      : { mode: 'socket', appToken, port: port === 0 ? undefined : port };
  return Object.freeze({
    botToken: rest.SLACK_BOT_TOKEN,
    connection,
    host: rest.HOST,
    apiRate: rest.API_RATE,
    isPaced: rest.SLACK_PACE === 'on',
    slackApiUrl: rest.SLACK_API_URL.endsWith('/') ? rest.SLACK_API_URL : `${rest.SLACK_API_URL}/`,
    databaseUrl: rest.DATABASE_URL,
    logLevel: rest.LOG_LEVEL,
    secret: rest.BECKON_SECRET,
    webhooksAllowPrivate: rest.WEBHOOKS_ALLOW_PRIVATE === 'true',
  });
}
