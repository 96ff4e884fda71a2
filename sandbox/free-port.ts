import { createServer, type AddressInfo } from 'node:net';

const TRIED = 20;

/** Whether nobody listens there, and the port that was meant where 0 lets the system choose. */
function probe(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on a port has one
      const { port: found } = server.address() as AddressInfo;
      server.close(() => resolve(found));
    });
  });
}

/** The first free port of this machine from one on, or any. */
export async function freePortFrom(first: number): Promise<number> {
  for (let port = first; port < first + TRIED && port <= 65_535; port += 1) {
    const found = await probe(port);
    if (found !== undefined) return found;
  }
  return (await probe(0)) ?? 0;
}
