import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { never, shortClient } from './support.ts';

it('each request tells its connection before the gateway sees it, and the id of its answer', async () => {
  const told: string[] = [];
  const seen: { client: string; known: boolean }[] = [];
  const server = createServer((request, response) => {
    const client = `${request.socket.remoteAddress}:${request.socket.remotePort}`;
    // Two are told of one connection for its second request, else it would be forgotten while it lives.
    const before = seen.filter((one) => one.client === client).length;
    seen.push({ client, known: told.filter((one) => one === client).length > before });
    response.setHeader('x-litellm-call-id', `call-${seen.length}`);
    response.end('"I am alive!"');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const calls: string[] = [];
  const client = shortClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    traces: { connection: (address, port) => told.push(`${address}:${port}`), call: (id) => calls.push(id) },
  });
  for (let n = 0; n < 3; n += 1) await client.liveliness(never);
  expect(seen.map(({ known }) => known)).toEqual([true, true, true]);
  expect(new Set(seen.map((one) => one.client)).size).toBe(1);
  expect(calls).toEqual(['call-1', 'call-2', 'call-3']);
  await client.close();
  await new Promise((resolve) => server.close(resolve));
});
