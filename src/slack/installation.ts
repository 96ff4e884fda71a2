/** Which workspace the token belongs to. */
import type { WebClient } from '@slack/web-api';
import type { Home } from './person.ts';
import { slackErrorOf } from './judge.ts';

export type Installation = Home & {
  /** The team, or the organisation for an Enterprise org install. */
  readonly workspaceId: string;
  readonly botId: string;
  readonly botUserId: string;
  /** Where the workspace is on the web, '' where Slack did not say. */
  readonly url: string;
};

/** Slack refused the token, or could not be reached: said in words, without the token. */
export class InstallationError extends Error {}

/** @throws InstallationError */
export async function installationOf(client: WebClient): Promise<Installation> {
  const answer = await client.auth.test().catch((error: unknown) => {
    const refused = slackErrorOf(error);
    throw new InstallationError(
      refused === undefined
        ? 'Slack could not be reached. Is SLACK_API_URL right, and is the network up?'
        : `Slack refused SLACK_BOT_TOKEN: ${refused}. Copy the bot token from your app's page once more.`,
      { cause: error },
    );
  });
  const { team_id: teamId, bot_id: botId, user_id: botUserId, enterprise_id: enterpriseId } = answer;
  if (teamId === undefined || botId === undefined || botUserId === undefined) {
    throw new InstallationError('SLACK_BOT_TOKEN is no bot token: Slack named no bot for it. It starts with "xoxb-".');
  }
  const organisation = answer.is_enterprise_install === true ? enterpriseId : undefined;
  return { workspaceId: organisation ?? teamId, teamId, enterpriseId, botId, botUserId, url: answer.url ?? '' };
}
