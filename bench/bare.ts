/** What any Bolt app costs: the same receiver and signature check as Beckon's, and nothing but the acknowledgement. */
import { App, HTTPReceiver } from '@slack/bolt';

const receiver = new HTTPReceiver({
  signingSecret: process.env['SLACK_SIGNING_SECRET'] ?? '',
  port: Number(process.env['PORT']),
});
const app = new App({
  receiver,
  authorize: () => Promise.resolve({ botToken: 'xoxb-bare', botId: 'B1', botUserId: 'U1' }),
});
app.command(/.*/, ({ ack }) => ack());
app.action(/.*/, ({ ack }) => ack());
await app.start();
process.send?.('ready');
process.on('SIGTERM', () => process.exit(0));
