/** Bolt's receiver of signed HTTP requests, with a body that is no object refused. */
import type { IncomingMessage, RequestListener, Server, ServerOptions, ServerResponse } from 'node:http';
import type { ListenOptions } from 'node:net';
import { HTTPModuleFunctions as http, HTTPReceiver, type Logger, type Receiver } from '@slack/bolt';

const PATH = '/slack/events';

/** Of the API, also where a request names the whole address, as one to a proxy does. https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 */
const API = /^(?:https?:\/\/[^/?#]*)?\/api\//i;

type Listening = {
  signingSecret: string;
  port: number;
  logger: Logger;
  /** Answers everything below `/api/`, which is not Slack's. */
  api: RequestListener;
  /** How long the server waits for whoever connects. */
  limits: ServerOptions;
  /** Takes no more requests; resolves when those under way are answered, or have had the time for it. */
  close: (server: Server) => Promise<void>;
};

/** Bolt's own limit. */
const bodyLimit = http.defaultBodyLimit;

/** Whether Slack signed it and it says nothing an app could understand. What is not signed, or cannot be read, Bolt refuses itself. */
async function isSignedNonsense(request: IncomingMessage, signingSecret: string): Promise<boolean> {
  try {
    const verified = await http.parseAndVerifyHTTPRequest({ enabled: true, signingSecret, bodyLimit }, request);
    const body: unknown = http.parseHTTPRequestBody(verified);
    return typeof body !== 'object' || body === null || Array.isArray(body);
  } catch {
    return false;
  }
}

async function isTooLarge(request: IncomingMessage): Promise<boolean> {
  try {
    await http.bufferIncomingMessage(request, bodyLimit);
    return false;
  } catch {
    return true;
  }
}

/** Bolt's own stop waits for every connection, also for one on which nothing is ever asked. */
function closing(
  receiver: HTTPReceiver,
  { port, limits, close }: Pick<Listening, 'port' | 'limits' | 'close'>,
): Receiver {
  let server: Server | undefined;
  return {
    init: (app) => receiver.init(app),
    start: async (where: ListenOptions | number = port) => (server = await receiver.start(where, limits)),
    stop: () => (server?.listening ? close(server) : Promise.resolve()),
  };
}

/** Bolt reads properties of a body before it knows that it is an object; a signed `null` would end in an unhandled rejection. */
export function httpReceiver({ signingSecret, port, logger, api, ...serving }: Listening): Receiver {
  const receiver = new HTTPReceiver({ signingSecret, port, logger, endpoints: PATH });
  const listen = receiver.requestListener;
  const check = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (await isTooLarge(request)) http.buildNoBodyResponse(response, 413);
    else if (await isSignedNonsense(request, signingSecret)) http.buildNoBodyResponse(response, 400);
    else listen(request, response);
  };
  receiver.requestListener = (request, response) => {
    if (API.test(request.url ?? '')) {
      api(request, response);
      return;
    }
    const isForBolt = request.method !== 'POST' || request.url?.split('?')[0] !== PATH;
    if (isForBolt) listen(request, response);
    else check(request, response).catch((error: unknown) => logger.error('A request could not be read.', error));
  };
  return closing(receiver, { port, ...serving });
}
