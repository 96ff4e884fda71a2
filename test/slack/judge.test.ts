import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { deliveringClient, slackLogger } from '../../src/slack/client.ts';
import { judge } from '../../src/slack/judge.ts';

/** Nobody listens on the port that throws everything away. */
const client = deliveringClient('xoxb-1', 'http://127.0.0.1:9/', slackLogger(pino({ level: 'silent' })));

const verdictOf = (args: Record<string, unknown>) =>
  client.apiCall('chat.postMessage', args).then(
    () => undefined,
    (error: unknown) => judge(error),
  );

describe('A call that fails', () => {
  it('is hopeless, and nothing was created, where its arguments cannot be written down', async () => {
    const never = { hopeless: true, created: false };
    expect(await verdictOf({ channel: 'C1', text: '😀'.slice(0, 1) })).toEqual(never);
    expect(await verdictOf({ channel: 'C1', text: 'Hi', metadata: { size: 1n } })).toEqual(never);
  });

  it('may have been done, and is tried again, where nobody answered', async () => {
    expect(await verdictOf({ channel: 'C1', text: 'Hi' })).toEqual({ hopeless: false, created: 'unknown' });
  });

  it('is tried again where something else is thrown', () => {
    expect(judge(new TypeError('terminated'))).toEqual({ hopeless: false, created: 'unknown' });
  });
});
