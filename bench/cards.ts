/** Open requests for help, made by Beckon itself, with their cards in the help channel. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { connect } from '../sandbox/driver.ts';
import { findField } from '../sandbox/driver/find.ts';
import type { LocalSlack } from '../sandbox/server/start.ts';
import { createApp, type Beckon } from '../src/app.ts';
import { askForHelp } from '../src/services/help/ask.ts';
import type { Db } from '../src/store/db.ts';
import { agentName, customerChannel, expertiseId, HELP_CHANNEL, SECRETS } from './seed.ts';

/** A help card and its button, as an action names it. */
export type Card = { ts: string; button: { block_id: string; action_id: string; value: string } };

/** Beckon in this process, its workers moved by `settle`; connected only after `bolt.start()`. */
export function makeBeckon(db: Db, slack: LocalSlack, now: () => Date): Promise<Beckon> {
  const config = {
    botToken: SECRETS.botToken,
    connection: { mode: 'socket', appToken: SECRETS.appToken, port: undefined },
    slackApiUrl: slack.apiUrl,
    databaseUrl: 'unused: the database is passed in',
    logLevel: 'error',
    host: '',
    apiRate: 1,
    isPaced: false,
    secret: undefined,
    webhooksAllowPrivate: false,
  } as const;
  return createApp(config, { db, now, newId: randomUUID, log: pino({ level: 'error' }) });
}

/** Asks for help in the first `count` customer channels and waits until the cards stand. */
export async function makeCards(db: Db, slack: LocalSlack, count: number): Promise<Card[]> {
  const beckon = await makeBeckon(db, slack, () => new Date());
  const actor = { workspaceId: slack.teamId, userId: slack.person(agentName(0)) };
  for (let index = 0; index < count; index += 1) {
    const channelId = slack.channel(customerChannel(index));
    await askForHelp(beckon.deps, actor, { channelId, expertiseIds: [expertiseId(index)], note: 'Charged twice.' });
  }
  await beckon.settle();
  const workspace = await connect(slack.url);
  const somebody = await workspace.as(agentName(1));
  const messages = await somebody.read(HELP_CHANNEL);
  workspace.close();
  return messages
    .filter(({ threadTs, user }) => threadTs === undefined && user === slack.app.botUser)
    .map((message) => {
      const { blockId, actionId, element } = findField(message, 'Join');
      return { ts: message.ts, button: { block_id: blockId, action_id: actionId, value: String(element['value']) } };
    });
}
