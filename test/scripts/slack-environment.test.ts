import { describe, expect, it } from '@jest/globals';
import { wantsSlack, withCliTokens } from '../../scripts/slack-environment.ts';

describe('npm start', () => {
  it('opens the local workspace when nothing about Slack is set', () => {
    expect(wantsSlack({ PATH: '/bin', DATABASE_URL: 'sqlite:x' })).toBe(false);
  });

  it('takes the empty variables of a copied .env.example for not set', () => {
    expect(wantsSlack({ SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: undefined })).toBe(false);
  });

  it('starts Beckon proper as soon as one is set, so that the missing ones are named', () => {
    expect(wantsSlack({ SLACK_SIGNING_SECRET: 'x' })).toBe(true);
  });
});

describe('slack run', () => {
  it('hands its tokens over under the names Beckon reads', () => {
    expect(withCliTokens({ SLACK_CLI_XOXB: 'xoxb-1', SLACK_CLI_XAPP: 'xapp-1' })).toEqual({
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
    });
  });

  it('does not override what was set by hand', () => {
    expect(withCliTokens({ SLACK_CLI_XOXB: 'xoxb-1', SLACK_BOT_TOKEN: 'xoxb-2' })).toEqual({
      SLACK_BOT_TOKEN: 'xoxb-2',
    });
  });
});
