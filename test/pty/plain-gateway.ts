import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Something that answers like a gateway without a key, and remembers what it was asked. */
export interface Gateway {
  readonly url: string;
  readonly asked: string[];
  stop(): Promise<void>;
}

export async function startGateway(): Promise<Gateway> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-type', 'application/json');
    const ready = { status: 'healthy', db: 'Not connected', litellm_version: '1.106.2' };
    response.end(JSON.stringify(request.url?.startsWith('/health/readiness') ? ready : "I'm alive!"));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () => new Promise((done) => server.close(() => done()).closeAllConnections()),
  };
}
