/** A server of a bot, as webhooks find it: a real one, which keeps what it got and answers as it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export type Got = {
  id: string;
  /** Unix time in seconds, as the header says. */
  timestamp: number;
  headers: IncomingMessage['headers'];
  body: string;
  json: { type: string; timestamp: string; data: Record<string, unknown> };
};

export type Endpoint = {
  url: string;
  got: Got[];
  /** How the next requests are answered: a status, or by hand. */
  answer: (how: number | ((request: IncomingMessage, response: ServerResponse) => void)) => void;
  close: () => Promise<void>;
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Starts one on this machine. */
export async function startEndpoint(): Promise<Endpoint> {
  const got: Got[] = [];
  let how: Parameters<Endpoint['answer']>[0] = 200;
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(request);
    const { headers } = request;
    const id = String(headers['webhook-id']);
    got.push({
      id,
      timestamp: Number(headers['webhook-timestamp']),
      headers,
      body,
      json: JSON.parse(body) as Got['json'],
    });
    if (typeof how === 'number') response.writeHead(how).end();
    else how(request, response);
  };
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    got,
    answer: (next) => {
      how = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Whether the signature is right, after the library that receivers use. It reads the clock of the machine, so what a clock moved by hand
 * signed is signed again by the library and compared.
 */
export const isSigned = ({ id, timestamp, headers, body }: Got, secret: string): boolean =>
  headers['webhook-signature'] === new Webhook(secret).sign(id, new Date(timestamp * 1000), body);
