import { Agent, createServer, request as send } from 'node:http';
import { close, listen } from './upstream.ts';

/** One request as it came through the tap. */
export interface TappedRequest {
  method: string;
  /** Path without query. */
  path: string;
  query: string;
  /** True when it carried anything that could be a key. */
  keyed: boolean;
  startedAt: number;
  /** null while it is under way, or when it broke off. */
  endedAt: number | null;
  status: number | null;
  body: string;
}

export interface Tap {
  url: string;
  port: number;
  requests(): readonly TappedRequest[];
  /** `GET /health` and the like, each once, sorted. */
  endpoints(): string[];
  stop(): Promise<void>;
}

const KEY_HEADERS = ['authorization', 'x-litellm-api-key', 'x-api-key', 'api-key', 'x-goog-api-key'];

/** A reverse proxy on a free loopback port that records every request and passes all of it through, both ways. */
export async function startTap(target: string): Promise<Tap> {
  const requests: TappedRequest[] = [];
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const { pathname, search } = new URL(incoming.url ?? '/', target);
    const keyed = KEY_HEADERS.some((name) => incoming.headers[name] !== undefined);
    const method = incoming.method ?? 'GET';
    const record: TappedRequest = {
      method,
      path: pathname,
      query: search,
      keyed,
      startedAt: Date.now(),
      endedAt: null,
      status: null,
      body: '',
    };
    requests.push(record);
    const onward = send(
      new URL(incoming.url ?? '/', target),
      { method, headers: incoming.headers, agent },
      (answer) => {
        record.status = answer.statusCode ?? null;
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        answer.once('end', () => {
          record.endedAt = Date.now();
        });
        answer.once('error', () => outgoing.destroy());
      },
    );
    onward.once('error', () => incoming.socket.destroy());
    // `close` comes after every answer too: destroying a request that has ended does nothing.
    outgoing.once('close', () => void (record.endedAt === null && onward.destroy()));
    incoming.on('data', (chunk: Buffer) => {
      record.body += chunk.toString();
    });
    incoming.pipe(onward);
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests: () => requests,
    endpoints: () => [...new Set(requests.map(({ method, path }) => `${method} ${path}`))].sort(),
    stop: async () => {
      await close(server);
      agent.destroy();
    },
  };
}
