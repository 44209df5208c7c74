import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Answer } from './answers.ts';
import type { Request } from './dialect.ts';
import { accessLine } from './log-lines.ts';

/** No answer of ours is asked for with more, bytes. */
const BODY_CAP = 1_048_576;
/** LiteLLM compresses from here on, bytes. */
const GZIP_FLOOR = 1_000;

const FIXED_HEADERS = {
  'content-type': 'application/json',
  vary: 'Origin',
  'x-frame-options': 'DENY',
  'content-security-policy': "frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/** An HTTP server around the dialect; `log` gets the access lines. It does not listen yet. */
export function createHttpServer(answer: (request: Request) => Promise<Answer>, log: (line: string) => void): Server {
  const server = createServer((incoming, outgoing) => {
    const address = incoming.socket.remoteAddress?.replace('::ffff:', '') ?? '127.0.0.1';
    const port = incoming.socket.remotePort ?? 0;
    const [method, path] = [incoming.method ?? 'GET', incoming.url ?? '/'];
    const request: Request = { method, path, headers: incoming.headers, address, body: () => bodyOf(incoming) };
    answer(request)
      .catch(
        (): Answer => ({
          status: 500,
          body: { error: { message: 'Internal server error', type: 'internal_server_error' } },
        }),
      )
      .then((given) => {
        send(given, incoming, outgoing);
        log(accessLine({ address, port }, method, path, given.status));
      });
  });
  // Above the distance between two of a watcher's looks, so that its connection lasts.
  server.keepAliveTimeout = 75_000;
  return server;
}

function send({ status, body, headers }: Answer, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const text = Buffer.from(JSON.stringify(body));
  const zipped = text.length >= GZIP_FLOOR && /\bgzip\b/.test(String(incoming.headers['accept-encoding'] ?? ''));
  const payload = zipped ? gzipSync(text) : text;
  outgoing.writeHead(status, {
    ...FIXED_HEADERS,
    ...headers,
    ...(zipped && { 'content-encoding': 'gzip', vary: 'Origin, Accept-Encoding' }),
    'content-length': payload.length,
  });
  outgoing.end(incoming.method === 'HEAD' ? undefined : payload);
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming) {
    size += part.length;
    if (size <= BODY_CAP) parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
