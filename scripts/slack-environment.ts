/** Which way `npm start` goes is read off the environment; kept apart from the start itself so that it can be tested. */
type Environment = Readonly<Record<string, string | undefined>>;

/** Whether anything about a real Slack workspace is set. An empty value, as in a fresh copy of `.env.example`, is not. */
export function wantsSlack(env: Environment): boolean {
  return Object.entries(env).some(([name, value]) => name.startsWith('SLACK_') && value !== undefined && value !== '');
}

/**
 * The tokens `slack run` hands over, under the names Beckon reads. What is set by hand wins. Older releases of the Slack
 * CLI set only `SLACK_CLI_XOXB` and `SLACK_CLI_XAPP`.
 */
export function withCliTokens(env: Environment): Record<string, string> {
  const found: Record<string, string> = {};
  const bot = env['SLACK_BOT_TOKEN'] || env['SLACK_CLI_XOXB'];
  const app = env['SLACK_APP_TOKEN'] || env['SLACK_CLI_XAPP'];
  if (bot) found['SLACK_BOT_TOKEN'] = bot;
  if (app) found['SLACK_APP_TOKEN'] = app;
  return found;
}
