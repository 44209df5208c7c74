import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
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

export interface TapOptions {
  /** Requests to these paths are taken and never answered. */
  hold?: (path: string) => boolean;
  /** What the gateway gets instead of a request's body. */
  rewrite?: (body: string) => string;
  /** How long a request is kept back before the gateway gets it, ms. */
  delayMs?: (path: string) => number;
}

const KEY_HEADERS = ['authorization', 'x-litellm-api-key', 'x-api-key', 'api-key', 'x-goog-api-key'];

/** A reverse proxy on a free loopback port that records every request and passes it on, unless an option says otherwise. */
export async function startTap(target: string, options: TapOptions = {}): Promise<Tap> {
  const requests: TappedRequest[] = [];
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const record = describe(incoming);
    requests.push(record);
    readAll(incoming).then(
      async (body) => {
        record.body = body;
        await sleep(options.delayMs?.(record.path) ?? 0);
        if (options.hold?.(record.path) !== true) {
          passOn(target, incoming, outgoing, options.rewrite?.(body) ?? body, record, agent);
        }
      },
      () => incoming.socket.destroy(),
    );
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

function describe(incoming: IncomingMessage): TappedRequest {
  const { pathname, search } = new URL(incoming.url ?? '/', 'http://gateway');
  return {
    method: incoming.method ?? 'GET',
    path: pathname,
    query: search,
    keyed: KEY_HEADERS.some((name) => incoming.headers[name] !== undefined),
    startedAt: Date.now(),
    endedAt: null,
    status: null,
    body: '',
  };
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function passOn(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  body: string,
  record: TappedRequest,
  agent: Agent,
): void {
  const headers = { ...incoming.headers };
  if (body !== '') headers['content-length'] = String(Buffer.byteLength(body));
  const onward = send(new URL(incoming.url ?? '/', target), { method: record.method, headers, agent }, (answer) => {
    record.status = answer.statusCode ?? null;
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
    answer.once('end', () => {
      record.endedAt = Date.now();
    });
    answer.once('error', () => outgoing.destroy());
  });
  onward.once('error', () => incoming.socket.destroy());
  // A client that hangs up ends the request at the gateway too; after an answer this does nothing.
  outgoing.once('close', () => {
    if (record.endedAt === null) onward.destroy();
  });
  onward.end(body);
}
