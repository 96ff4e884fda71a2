/** What is opened while screens are measured, in one workspace or the other. */
import { setTimeout as wait } from 'node:timers/promises';
import type { LocalSlack } from '../sandbox/server/start.ts';
import type { Db } from '../src/store/db.ts';
import type { Program } from './program.ts';
import { act, post, type Answers, type Gate, type Minted } from './requests.ts';
import { agentName, ALL, customerChannel, HELP_CHANNEL, ONE, THIRTY } from './seed.ts';

/** What follows an opened screen by itself (asking Slack who is there) is over by then. */
export const CALM_MS = 25;

export type Name = 'empty' | 'large';
export type Workspace = { name: Name; db: Db; program: Program };

export type Stage = { slack: LocalSlack; gate: Gate; answers: Answers };

/** Sends a request and answers how long its person waited. */
export async function waited({ answers }: Stage, { program }: Workspace, asked: Minted): Promise<number> {
  if (asked.answeredBy.length === 0) return post(program.url, asked);
  const answered = answers.to(asked);
  const begun = performance.now();
  const [, at] = await Promise.all([post(program.url, asked), answered]);
  return at - begun;
}

export type Screen = { name: string; ask: (workspace: Workspace) => Promise<Minted> };

/** The view an app opened last. */
function lastOpened(slack: LocalSlack): string {
  const call = slack.calls().findLast(({ method }) => method === 'views.open');
  const view: unknown = call !== undefined && 'view' in call.answer ? call.answer['view'] : undefined;
  const found = Object.entries(view ?? {}).find(([key]) => key === 'id');
  return String(found?.[1]);
}

/** What is typed into screens that stay open meanwhile; each program has a picker of its own. */
export async function typing(stage: Stage, workspaces: readonly Workspace[]): Promise<Screen[]> {
  const { slack, gate } = stage;
  const pickers = new Map<Name, { as: string; viewId: string }>();
  const channel = slack.channel(customerChannel(0));
  for (const [index, workspace] of workspaces.entries()) {
    const as = slack.person(agentName(index + 1));
    await act(slack, 'invite', { as: slack.person(agentName(0)), channel, users: [as] });
    await waited(stage, workspace, await gate.mint('command', { as, channel, text: '/livechat invite' }));
    pickers.set(workspace.name, { as, viewId: lastOpened(slack) });
    await wait(CALM_MS);
  }
  const large = pickers.get('large') ?? { as: '', viewId: '' };
  let turn = 0;
  return [
    {
      name: 'Invite picker searched by name',
      ask: async ({ name }) => {
        const { as, viewId } = pickers.get(name) ?? large;
        const value = `agent number ${(turn += 1) % 10}`;
        const action = { type: 'plain_text_input', block_id: 'search', action_id: 'invite.search', value };
        const state = { search: { 'invite.search': { type: action.type, value } } };
        const container = { type: 'view', viewId } as const;
        const asked = await gate.mint('action', { as, container, action, state });
        return { ...asked, answeredBy: [viewId] };
      },
    },
    {
      name: 'Expertise searched in a select',
      ask: async () => {
        const { as, viewId } = large;
        const value = `area ${(turn += 1) % 10}`;
        const container = { type: 'view', viewId } as const;
        const where = { blockId: 'having', actionId: 'invite.having' };
        const asked = await gate.mint('options', { as, container, ...where, value });
        return { ...asked, answeredBy: [] };
      },
    },
  ];
}

/** By command and by Home; the first agent and the administrator open them. */
export function screensOf({ slack, gate }: Stage): Screen[] {
  const agent = slack.person(agentName(0));
  const maya = slack.person('maya');
  const command = (name: string, text: string, where = HELP_CHANNEL, as = agent): Screen => ({
    name,
    ask: () => gate.mint('command', { as, channel: slack.channel(where), text }),
  });
  const home = (name: string, as: string): Screen => ({
    name,
    ask: async ({ db }) => {
      // Else it is not published again, because nothing has changed.
      await db('home_views').where({ user_id: as }).update({ shown_hash: '' });
      return gate.mintHome(as);
    },
  });
  const here = customerChannel(0);
  return [
    command('Information panel', '/livechat', here),
    command('Invite picker', '/livechat invite', here),
    command('Looking for help (list)', '/livechat list'),
    home('Home, an agent’s', agent),
    home('Home, an administrator’s', maya),
    command('My preferences', '/expertise me'),
    command('/expertise list', '/expertise list'),
    command('/expertise who, all know it', `/expertise who ${ALL}`),
    command('/expertise who, one knows it', `/expertise who ${ONE}`),
    command('/expertise who, of three', `/expertise who ${ALL}, ${THIRTY}, ${ONE}`),
    command('/expertise who, by a prefix', '/expertise who thirty'),
    command('/expertise who, a person', `/expertise who @${agentName(0)}`),
    command('Ask for help (form)', '/livechat ask', here),
    command('Edit expertise, all know it', `/expertise edit ${ALL}`, HELP_CHANNEL, maya),
    command('Merge expertise', `/expertise merge ${ALL} into ${THIRTY}`, HELP_CHANNEL, maya),
    command('Delete expertise', `/expertise delete ${ALL}`, HELP_CHANNEL, maya),
    command('Desks', '/livechat desks', HELP_CHANNEL, maya),
    command('Administrators', '/livechat admins', HELP_CHANNEL, maya),
  ];
}
