/** What the driver asks of the local Slack server over HTTP. */
import type { Message, Person, Snapshot, View } from '../protocol.ts';
import type { Requests } from '../requests.ts';
import { isObject } from './find.ts';

type Json = Record<string, unknown>;

type Reads = {
  people: { people: Person[] };
  snapshot: Snapshot;
  messages: { messages: Message[] };
  home: { view: View | null };
};

/** What tells each answer from an error: the rest of its shape is this project's own and taken as documented. */
const MARKS: Record<keyof Reads, string> = { people: 'people', snapshot: 'me', messages: 'messages', home: 'view' };

function fits<Name extends keyof Reads>(name: Name, value: unknown): value is Reads[Name] {
  return isObject(value) && MARKS[name] in value;
}

/** Asks what there is to see; throws the sentence of a refusal. */
export async function look<Name extends keyof Reads>(
  url: string,
  name: Name,
  query: Record<string, string>,
): Promise<Reads[Name]> {
  const response = await fetch(`${url}/client/${name}?${new URLSearchParams(query).toString()}`);
  const answer: unknown = await response.json();
  if (fits(name, answer)) return answer;
  throw new Error(isObject(answer) ? String(answer['error']) : `HTTP ${response.status}`);
}

/** Sends a request; throws the sentence of a refusal. */
export async function tell(url: string, name: keyof Requests, body: Json): Promise<Json> {
  const response = await fetch(`${url}/client/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (isObject(answer) && answer['ok'] === true) return answer;
  throw new Error(isObject(answer) ? String(answer['error']) : `HTTP ${response.status}`);
}
