import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from '../src/config.ts';

const socket = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'shhh' };

/** What a person reads who starts Beckon with this environment. */
function complaint(env: Record<string, string | undefined>): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('the environment', () => {
  it('uses Socket Mode with an app token, and needs nothing else', () => {
    expect(loadConfig(socket)).toEqual({
      botToken: 'xoxb-1',
      connection: { mode: 'socket', appToken: 'xapp-1', port: undefined },
      host: '',
      apiRate: 1200,
      isPaced: true,
      slackApiUrl: 'https://slack.com/api/',
      databaseUrl: 'sqlite:data/beckon.db',
      logLevel: 'info',
      secret: undefined,
      webhooksAllowPrivate: false,
    });
  });

  it('listens for signed requests without one, on port 3000', () => {
    expect(loadConfig(http).connection).toEqual({ mode: 'http', signingSecret: 'shhh', port: 3000 });
    expect(loadConfig({ ...http, PORT: '0' }).connection).toMatchObject({ port: 0 });
  });

  it('opens the API in Socket Mode only on a port that was asked for', () => {
    expect(loadConfig(socket).connection).toMatchObject({ port: undefined });
    expect(loadConfig({ ...socket, PORT: '0' }).connection).toMatchObject({ port: undefined });
    const config = loadConfig({ ...socket, PORT: '4000', HOST: '127.0.0.1', API_RATE: '60000' });
    expect(config).toMatchObject({ connection: { port: 4000 }, host: '127.0.0.1', apiRate: 60_000 });
  });

  it('takes everything that can be set', () => {
    const config = loadConfig({
      ...socket,
      SLACK_API_URL: 'http://127.0.0.1:5000/api',
      DATABASE_URL: 'postgresql://u:p@h/name',
      LOG_LEVEL: 'debug',
      BECKON_SECRET: 'x'.repeat(32),
      WEBHOOKS_ALLOW_PRIVATE: 'true',
    });
    expect(config).toMatchObject({
      slackApiUrl: 'http://127.0.0.1:5000/api/',
      databaseUrl: 'postgresql://u:p@h/name',
      logLevel: 'debug',
      secret: 'x'.repeat(32),
      webhooksAllowPrivate: true,
    });
  });

  it('counts an empty variable as absent, as it is in a copied example', () => {
    const config = loadConfig({ ...socket, SLACK_SIGNING_SECRET: '', PORT: '', DATABASE_URL: '', SLACK_API_URL: '' });
    expect(config).toEqual(loadConfig(socket));
  });

  it('reads over blanks around a value, as pasting leaves them', () => {
    const pasted = { SLACK_BOT_TOKEN: ' xoxb-1\n', SLACK_APP_TOKEN: 'xapp-1\r', PORT: ' ', LOG_LEVEL: ' info ' };
    expect(loadConfig(pasted)).toEqual(loadConfig(socket));
  });

  it.each([
    ['no bot token', { SLACK_BOT_TOKEN: undefined }, /^SLACK_BOT_TOKEN is missing: .*xoxb-/],
    ['an empty bot token', { SLACK_BOT_TOKEN: '' }, /^SLACK_BOT_TOKEN is missing: .*xoxb-/],
    ['another kind of token', { SLACK_BOT_TOKEN: 'xoxp-secret' }, /^SLACK_BOT_TOKEN must start with "xoxb-"$/],
    ['an app token that is none', { SLACK_APP_TOKEN: 'xoxb-secret' }, /^SLACK_APP_TOKEN must start with "xapp-"$/],
    [
      'neither app token nor signing secret',
      { SLACK_APP_TOKEN: undefined },
      /^SLACK_SIGNING_SECRET is missing: .*SLACK_APP_TOKEN/,
    ],
    ['a port in words', { PORT: 'secret' }, /^PORT must be a port number$/],
    ['a port out of range', { PORT: '65536' }, /^PORT must be a port number$/],
    ['a negative port', { PORT: '-1' }, /^PORT must be a port number$/],
    ['half a port', { PORT: '80.5' }, /^PORT must be a port number$/],
    ['an API address that is none', { SLACK_API_URL: 'secret' }, /^SLACK_API_URL must be an http\(s\) URL$/],
    ['an API address of a file', { SLACK_API_URL: 'file:///secret' }, /^SLACK_API_URL must be an http\(s\) URL$/],
    [
      'another database',
      { DATABASE_URL: 'mysql://u:secret@h/x' },
      /^DATABASE_URL must look like "sqlite:path" or "postgres:/,
    ],
    ['a database without a place', { DATABASE_URL: 'sqlite:' }, /^DATABASE_URL must look like/],
    ['a short secret', { BECKON_SECRET: 'secret' }, /^BECKON_SECRET must be at least 32 characters long$/],
    ['a yes that is no true', { WEBHOOKS_ALLOW_PRIVATE: 'secret' }, /^WEBHOOKS_ALLOW_PRIVATE must be true or false$/],
    ['an unknown log level', { LOG_LEVEL: 'secret' }, /^LOG_LEVEL must be one of trace, debug, info/],
  ])('is refused with %s, in one line that names it and shows no value', (_what, change, line) => {
    const message = complaint({ ...socket, ...change });
    expect(message).toMatch(line);
    expect(message.split('\n')).toHaveLength(1);
    expect(message).not.toContain('secret');
  });

  it('names everything that is missing or wrong at once, each in its own line', () => {
    const lines = complaint({ PORT: 'x', LOG_LEVEL: 'loud', DATABASE_URL: 'nowhere' }).split('\n');
    expect(lines).toHaveLength(5);
    expect(new Set(lines.map((line) => line.split(' ')[0]))).toEqual(
      new Set(['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'PORT', 'DATABASE_URL', 'LOG_LEVEL']),
    );
  });

  it('cannot be changed once it was read', () => {
    expect(Object.isFrozen(loadConfig(socket))).toBe(true);
  });
});
