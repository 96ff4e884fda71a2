/** Who acts, from any payload. */
import type { Context, StringIndexed } from '@slack/bolt';
import type { Actor } from '../services/deps.ts';
import { readPayload } from './payload.ts';

/** The workspace Beckon is installed in: what Bolt's `authorize` said, never the person's own team (in a shared channel another company's). */
export function workspaceOf(context: Context): string {
  const id = context.isEnterpriseInstall ? context.enterpriseId : context.teamId;
  if (id === undefined) throw new Error('Bolt authorized a payload without a workspace.');
  return id;
}

/**
 * The person behind a command, click, shortcut, submission or options request.
 *
 * @throws Error when the payload names nobody, which Slack does not send
 */
export function actorOf({ body, context }: { body: StringIndexed; context: Context }): Actor {
  const { userId } = readPayload(body);
  if (userId === undefined) throw new Error('The payload names no person.');
  return { workspaceId: workspaceOf(context), userId };
}
