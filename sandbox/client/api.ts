import type { Message, Person, Snapshot, View } from '../protocol.ts';
import type { Requests } from '../requests.ts';

/** The answer to a request: `error` is a sentence fit to show. */
export type Answer = { ok: true; [key: string]: unknown } | { ok: false; error: string };

const silent = 'The local workspace does not answer. Is it still running?';

async function readJson<T>(response: Response): Promise<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape is fixed by ../protocol.ts
  return (await response.json()) as T;
}

/** Sends one request of the protocol. Never throws: an unreachable server is an answer too. */
export async function send<Name extends keyof Requests>(name: Name, body: Requests[Name]): Promise<Answer> {
  try {
    const response = await fetch(`/client/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return await readJson<Answer>(response);
  } catch {
    return { ok: false, error: silent };
  }
}

async function refusal(response: Response): Promise<string> {
  try {
    return (await readJson<{ error?: string }>(response)).error ?? silent;
  } catch {
    return silent;
  }
}

async function read<T>(path: string, query: Record<string, string>): Promise<T> {
  const response = await fetch(`/client/${path}?${new URLSearchParams(query).toString()}`);
  if (!response.ok) throw new Error(await refusal(response));
  return readJson<T>(response);
}

/** Everything one person sees; throws when the server does not answer. */
export async function readSnapshot(as: string): Promise<Snapshot> {
  return read<Snapshot>('snapshot', { as });
}

/** Everybody one can be; throws when the server does not answer. */
export async function readPeople(): Promise<Person[]> {
  return (await read<{ people: Person[] }>('people', {})).people;
}

/** Messages of a channel or of one thread, oldest first. */
export async function readMessages(as: string, channel: string, thread?: string): Promise<Message[]> {
  const query = thread === undefined ? { as, channel } : { as, channel, thread };
  return (await read<{ messages: Message[] }>('messages', query)).messages;
}

/** What the app last published on this person's Home. */
export async function readHome(as: string): Promise<View | null> {
  return (await read<{ view: View | null }>('home', { as })).view;
}
