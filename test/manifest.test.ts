import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { withSteps } from '../sandbox/manifest-with-steps.ts';
import { manifestSchema } from '../sandbox/server/manifest.ts';
import { overHttp } from '../scripts/manifest-over-http.ts';
import { ManifestSchema } from './support/manifest-schema.ts';
import { EVENT_SCOPES, isMessageEvent, METHOD_SCOPES } from './support/slack-scopes.ts';
import { slackUse } from './support/slack-use.ts';
import { readSources, source } from './support/source.ts';

const file: unknown = JSON.parse(readFileSync('manifest.json', 'utf8'));
const manifest = ManifestSchema.parse(file);

const scopes = manifest.oauth_config.scopes.bot;
const subscribed = manifest.settings.event_subscriptions.bot_events;
const commands = manifest.features.slash_commands.map(({ command }) => command);
const shortcuts = manifest.features.shortcuts.map((shortcut) => shortcut.callback_id);

/** As it arrives: every `message.…` is a `message`. */
const arriving = [...new Set(subscribed.map((event) => (isMessageEvent(event) ? 'message' : event)))].sort();

const without = (all: readonly string[], known: readonly string[]) => all.filter((one) => !known.includes(one));

/** What is read out of one made-up file. */
const read = (code: string) => slackUse([source('src/slack/made-up.ts', code)]);

describe('the manifest', () => {
  it('runs over Socket Mode and names no address, so that it can be imported as it is', () => {
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(manifest)).not.toContain('http');
  });

  it('asks for nothing that a free plan lacks', () => {
    expect(manifest.settings).toMatchObject({ org_deploy_enabled: false, token_rotation_enabled: false });
    expect(without(scopes, Object.values({ ...METHOD_SCOPES, ...EVENT_SCOPES, command: ['commands'] }).flat())).toEqual(
      [],
    );
    expect(scopes.filter((scope) => scope.startsWith('usergroups:'))).toEqual([]);
  });

  it('lets people name others and channels in commands by id', () => {
    expect(manifest.features.slash_commands.filter(({ should_escape }) => should_escape !== true)).toEqual([]);
  });

  it('lets Beckon write to people', () => {
    expect(manifest.features.app_home.messages_tab_enabled).toBe(true);
  });
});

describe('the manifest with steps', () => {
  const functions: unknown = JSON.parse(readFileSync('manifest-steps.json', 'utf8'));
  const steps = ManifestSchema.parse(withSteps(manifest, functions));
  const declared = Object.keys(steps.functions ?? {}).sort();

  it('has what Slack asks of an app with steps', () => {
    expect(steps.settings).toMatchObject({ org_deploy_enabled: true, function_runtime: 'remote' });
    expect(without(steps.settings.event_subscriptions.bot_events, subscribed)).toEqual(['function_executed']);
    expect(manifestSchema.safeParse(steps).error).toBeUndefined();
  });

  it('is otherwise the same app, and can go over HTTP', () => {
    const { functions: _functions, settings, ...others } = steps;
    const { settings: plain, ...before } = manifest;
    expect(others).toEqual(before);
    expect(settings.interactivity).toEqual(plain.interactivity);
    expect(overHttp(steps, 'https://beckon.example.com')).toMatchObject({
      functions,
      settings: { function_runtime: 'remote' },
    });
  });

  it('agrees with the code on steps', () => {
    expect(slackUse(readSources('src')).functions).toEqual(declared);
  });

  it('takes options only from a function that gives them', () => {
    const all = Object.values(steps.functions ?? {}).flatMap((step) => Object.values(step.input_parameters));
    const providers = all.flatMap((input) => input.dynamic_options?.function.replace('#/functions/', '') ?? []);
    expect(new Set(providers)).toEqual(new Set(['list_expertise']));
  });
});

describe('the manifest over HTTP', () => {
  const url = 'https://beckon.example.com/slack/events';
  const http = ManifestSchema.parse(overHttp(manifest, 'https://beckon.example.com/'));

  it('sends commands, events, clicks and choices to the one address', () => {
    expect(http.settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: url },
      interactivity: { request_url: url, message_menu_options_url: url },
    });
    expect(http.features.slash_commands.map((command) => command.url)).toEqual(commands.map(() => url));
  });

  it('is otherwise the same app', () => {
    expect(http.oauth_config).toEqual(manifest.oauth_config);
    expect(http.features.shortcuts).toEqual(manifest.features.shortcuts);
    expect(http.settings.event_subscriptions.bot_events).toEqual(subscribed);
  });
});

describe('the manifest and the code', () => {
  const use = slackUse(readSources('src'));

  it('agree on commands', () => {
    expect(use.commands).toEqual([...commands].sort());
  });

  it('agree on shortcuts', () => {
    expect(use.shortcuts).toEqual([...shortcuts].sort());
  });

  it('agree on events', () => {
    // Which the manifest with steps subscribes to besides.
    expect(use.events).toEqual([...arriving, 'function_executed'].sort());
  });

  it('call only methods whose scopes are known', () => {
    expect(without(use.methods, Object.keys(METHOD_SCOPES))).toEqual([]);
  });

  it('declare a scope for every event and method', () => {
    const events = subscribed.map((event) => [event, EVENT_SCOPES[event]] as const);
    const methods = use.methods.map((method) => [method, METHOD_SCOPES[method]] as const);
    const unmet = [...events, ...methods].filter(
      ([, any]) => any?.length !== 0 && !any?.some((one) => scopes.includes(one)),
    );
    expect(unmet).toEqual([]);
  });

  it('declare no scope without use', () => {
    const needed = [
      'commands',
      ...subscribed.flatMap((event) => EVENT_SCOPES[event] ?? []),
      ...use.methods.flatMap((method) => METHOD_SCOPES[method] ?? []),
    ];
    expect(without(scopes, needed)).toEqual([]);
  });
});

describe('reading the code', () => {
  it('finds listeners by literal, by constant and by constraint', () => {
    const use = read(`
      const command = '/one'; export const ids = { open: 'two' } as const;
      app.command(command, handle); app.shortcut(ids.open, handle);
      app.shortcut({ callback_id: 'three', type: 'shortcut' }, handle);
    `);
    expect(use).toMatchObject({ commands: ['/one'], shortcuts: ['three', 'two'] });
  });

  it('finds methods by call, through ?. and by name, known or not', () => {
    const use = read(`
      await client.chat.postMessage({}); await this.web?.users.profile.get({}); await slack.apiCall('dnd.teamInfo');
      await client.files.uploadV2({}); await client.views[how]({}); await client.users[what]({}); // client.pins.add()
    `);
    expect(use.methods).toEqual([
      'chat.postMessage',
      'dnd.teamInfo',
      'files.uploadV2',
      'users.[]',
      'users.profile.get',
    ]);
  });

  it('finds events by listener, table and switch', () => {
    const use = read(`
      app.event('made_up', handle); const table = { user_change: one, team_join() {} };
      switch (event.type) { case 'channel_archive': break; }
    `);
    expect(use.events).toEqual(['channel_archive', 'made_up', 'team_join', 'user_change']);
  });

  it('says so when it cannot read a name', () => {
    expect(() => read(`app.command(computed(), handle);`)).toThrow('cannot read which command is meant');
  });
});
