import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { webhookSecret } from '../../src/webhooks/secret.ts';
import { webhookSender, type WebhookError, type WebhookSender } from '../../src/webhooks/send.ts';
import { startEndpoint, type Endpoint } from '../support/endpoint.ts';

const SECRET = webhookSecret('a secret of the tests, long enough', 'token1', 1);
const BODY = JSON.stringify({ type: 'ping', timestamp: '2026-03-02T09:00:00.000Z', data: {} });
const TIMEOUT_MS = 300;

let endpoint: Endpoint;
let sender: WebhookSender;
beforeEach(async () => {
  endpoint = await startEndpoint();
  sender = webhookSender({ allowPrivate: true, timeoutMs: TIMEOUT_MS });
});
afterEach(async () => {
  await sender.close();
  await endpoint.close();
});

const send = (url = endpoint.url, through = sender) =>
  through.send({ url, secret: SECRET, id: 'n1', at: new Date(), body: BODY });
const failure = (sending: Promise<void>): Promise<WebhookError> =>
  sending.then(
    () => {
      throw new Error('It was taken.');
    },
    (error: WebhookError) => error,
  );

/** What is waited where the endpoint asks for it so. */
async function asked(header: string): Promise<number | undefined> {
  endpoint.answer((_request, response) => response.writeHead(429, { 'retry-after': header }).end());
  return (await failure(send())).retryAfterMs;
}

const reach = (host: string): string => endpoint.url.replace('http://127.0.0.1', `https://${host}`);

describe('a webhook that is sent', () => {
  it('is what the library of the Standard Webhooks specification verifies', async () => {
    await send();
    const [got] = endpoint.got;
    expect(got?.headers['content-type']).toBe('application/json');
    expect(new Webhook(SECRET).verify(got?.body ?? '', got?.headers as Record<string, string>)).toEqual(
      JSON.parse(BODY),
    );
  });

  it('is refused by that library with another token’s secret, another turn’s, or another body', async () => {
    await send();
    const { body = '', headers = {} } = endpoint.got[0] ?? {};
    const verify = (secret: string, text: string) =>
      new Webhook(secret).verify(text, headers as Record<string, string>);
    const master = 'a secret of the tests, long enough';
    expect(() => verify(webhookSecret(master, 'token2', 1), body)).toThrow('signature');
    expect(() => verify(webhookSecret(master, 'token1', 2), body)).toThrow('signature');
    expect(() => verify(webhookSecret(`${master}!`, 'token1', 1), body)).toThrow('signature');
    expect(() => verify(SECRET, body.replace('ping', 'pong'))).toThrow('signature');
  });

  it.each([200, 201, 202, 204, 299])('is taken where the answer is %i', async (status) => {
    endpoint.answer(status);
    await expect(send()).resolves.toBeUndefined();
  });

  it.each([400, 401, 404, 429, 500, 503])('is not where it is %i, and may be sent again', async (status) => {
    endpoint.answer(status);
    expect(await failure(send())).toMatchObject({ message: `The endpoint answered ${status}.`, isGone: false });
  });

  it('is never to be sent again where it is 410', async () => {
    endpoint.answer(410);
    expect(await failure(send())).toMatchObject({ isGone: true });
  });

  it('waits as long as the endpoint asks for, up to an hour', async () => {
    expect(await asked('120')).toBe(120_000);
    expect(await asked('86400')).toBe(3_600_000);
    expect(await asked('-1')).toBeUndefined();
    expect(await asked('Wed, 21 Oct 2026 07:28:00 GMT')).toBeUndefined();
  });

  it('follows no redirect, not even to where it came from', async () => {
    const other = await startEndpoint();
    for (const status of [301, 302, 303, 307, 308]) {
      endpoint.answer((_request, response) => response.writeHead(status, { location: other.url }).end());
      expect((await failure(send())).message).toContain('redirects are not followed');
    }
    expect(other.got).toEqual([]);
    await other.close();
  });

  it('is given up in time where nothing answers', async () => {
    endpoint.answer(() => undefined);
    const begun = Date.now();
    expect((await failure(send())).message).toBe('The endpoint did not answer within 0.3 seconds.');
    expect(Date.now() - begun).toBeLessThan(10 * TIMEOUT_MS);
  });

  it('is given up in time where a server takes the connection and says nothing', async () => {
    const silent = createTcpServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => {
      silent.once('listening', resolve);
    });
    const { port } = silent.address() as AddressInfo;
    expect((await failure(send(`http://127.0.0.1:${port}`))).message).toContain('did not answer within');
    silent.close();
  });

  it('is taken with the status: a body that never ends is not waited for', async () => {
    endpoint.answer((_request, response) => {
      response.writeHead(200);
      const dripping = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(dripping));
    });
    const begun = Date.now();
    await send();
    expect(Date.now() - begun).toBeLessThan(10 * TIMEOUT_MS);
  });

  it('is taken whatever mountain of words answers it', async () => {
    endpoint.answer((_request, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        response.once('drain', more);
      };
      more();
    });
    await expect(send()).resolves.toBeUndefined();
  });

  it('says in words what failed, without the address', async () => {
    await endpoint.close();
    const refused = (await failure(send())).message;
    expect(refused).toBe('The endpoint could not be reached (ECONNREFUSED).');
    endpoint = await startEndpoint();
    endpoint.answer((request) => request.socket.destroy());
    expect((await failure(send(`${endpoint.url}?key=hidden`))).message).toBe('The endpoint closed the connection.');
  });
});

describe('without leave to go to private networks', () => {
  let guarded: WebhookSender;
  beforeEach(() => {
    guarded = webhookSender({ allowPrivate: false, timeoutMs: TIMEOUT_MS });
  });
  afterEach(() => guarded.close());

  it.each(['127.0.0.1', 'localhost', '0.0.0.0', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]'])(
    'nothing goes to %s, written so or looked up',
    async (host) => {
      expect((await failure(send(reach(host), guarded))).message).toContain('private network');
      await expect(guarded.check(new URL(reach(host)))).rejects.toThrow('private network');
      expect(endpoint.got).toEqual([]);
    },
  );

  it('nothing goes by plain HTTP, even where that was allowed when it was saved', async () => {
    expect((await failure(send('http://8.8.8.8/hook', guarded))).message).toContain('`https://` only');
  });

  it('a redirect to a private address is not followed either', async () => {
    endpoint.answer((_request, response) => response.writeHead(307, { location: 'http://169.254.169.254/' }).end());
    expect((await failure(send())).message).toContain('redirects are not followed');
  });

  it('an address on the internet passes the check', async () => {
    await expect(guarded.check(new URL('https://8.8.8.8/hook'))).resolves.toBeUndefined();
  });

  it('a name nobody has is refused when it is saved', async () => {
    await expect(guarded.check(new URL('https://nobody.invalid'))).rejects.toThrow('not known');
  });
});
