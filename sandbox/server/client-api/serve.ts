import { z } from 'zod';
import type { Requests } from '../../requests.ts';
import type { Json } from '../json.ts';
import type { Slack } from '../slack.ts';
import type { StoredPerson } from '../state.ts';
import { action, closeView, options, shortcut, submit } from './act.ts';
import {
  archiveChannel,
  home,
  invite,
  joinChannel,
  leaveChannel,
  newChannel,
  openDirectMessage,
  renameChannel,
  setPerson,
} from './arrange.ts';
import { type Door, Refused, refuse } from './door.ts';
import { command, deleteMessage, markRead, message } from './speak.ts';
import { runStep, stepOptions } from './workflow.ts';

const times = z.number().int().min(0);
const method = z.string().exactOptional();
const knobs: Door<'knobs'> = {
  body: z.object({
    as: z.string(),
    knobs: z.object({
      latencyMs: z.number().min(0).exactOptional(),
      rateLimitNext: z.object({ calls: times, retryAfter: z.number().min(0), method }).exactOptional(),
      failNext: z.object({ calls: times, method }).exactOptional(),
      errorNext: z.object({ calls: times, method: z.string(), error: z.string() }).exactOptional(),
      cutNext: z.object({ calls: times, method }).exactOptional(),
      duplicateEvents: times.exactOptional(),
      rateLimits: z.boolean().exactOptional(),
    }),
  }),
  run: (slack, _me, body) => {
    slack.setKnobs(body.knobs);
    return {};
  },
};

const reset: Door<'reset'> = {
  body: z.object({ as: z.string() }),
  run: async (slack) => {
    await slack.reset();
    return {};
  },
};

const DOORS: Record<keyof Requests, (slack: Slack, body: unknown) => Promise<Json>> = {
  message: enter(message),
  command: enter(command),
  shortcut: enter(shortcut),
  action: enter(action),
  submit: enter(submit),
  closeView: enter(closeView),
  options: enter(options),
  home: enter(home),
  openDirectMessage: enter(openDirectMessage),
  createChannel: enter(newChannel),
  invite: enter(invite),
  joinChannel: enter(joinChannel),
  leaveChannel: enter(leaveChannel),
  archiveChannel: enter(archiveChannel),
  renameChannel: enter(renameChannel),
  setPerson: enter(setPerson),
  deleteMessage: enter(deleteMessage),
  markRead: enter(markRead),
  runStep: enter(runStep),
  stepOptions: enter(stepOptions),
  knobs: enter(knobs),
  reset: enter(reset),
};

function isRequest(name: string): name is keyof Requests {
  return Object.hasOwn(DOORS, name);
}

/** Answers one request of the page; undefined for a name there is none of. */
export async function serveClient(slack: Slack, name: string, body: unknown): Promise<Json | undefined> {
  if (!isRequest(name)) return undefined;
  try {
    return { ok: true, ...(await DOORS[name](slack, body)) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.message };
    throw error;
  }
}

/** The door behind its checks: a body of the right shape, from somebody who is here. */
function enter<Name extends keyof Requests>(door: Door<Name>) {
  return async (slack: Slack, body: unknown): Promise<Json> => {
    const read = door.body.safeParse(body);
    if (!read.success) return refuse(`That request was not understood: ${z.prettifyError(read.error)}`);
    return door.run(slack, actor(slack, read.data.as), read.data);
  };
}

/** The person a request is made as. */
export function actor(slack: Slack, id: string | null): StoredPerson {
  const person = slack.state.people[id ?? ''];
  if (person === undefined || person.id === slack.state.app.botUser) return refuse('Nobody of that name is here.');
  return person.deactivated ? refuse('Your account is deactivated.') : person;
}
