import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createNet, type Server, type Socket } from 'node:net';
import { listen } from './upstream.ts';

/** Something on a port that is not a LiteLLM proxy, or no longer behaves like one. */
export interface Stranger {
  port: number;
  url: string;
  stop(): Promise<void>;
}

const BODY_MIB = 64;

/** Every kind of stranger, by name. */
export const STRANGERS = {
  /** Accepts and says nothing. */
  silent: () => overTcp(() => {}),
  /** Accepts, reads the request and resets the connection. */
  reset: () => overTcp((socket) => socket.once('data', () => socket.resetAndDestroy())),
  /** Another web server: a page with 200 on every path. */
  page: () => overHttp((_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end(PAGE)),
  /** A reverse proxy whose LiteLLM is gone. */
  badGateway: () => overHttp((_, answer) => answer.writeHead(502, { 'content-type': 'text/html' }).end(NGINX)),
  /** An answer that begins well and is far larger than any that LiteLLM gives. */
  huge: () => overHttp((_, answer) => void flood(answer)),
  /** Headers at once, then a byte every 200 ms for ever. */
  drip: () => overHttp((_, answer) => void drip(answer)),
} as const;

const PAGE = '<!doctype html><html><head><title>It works</title></head><body>It works!</body></html>';
const NGINX =
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx/1.27.0</center></body></html>';

function flood(answer: Parameters<RequestListener>[1]): void {
  answer.writeHead(200, { 'content-type': 'application/json' });
  const mebibyte = Buffer.alloc(1024 * 1024, ' ');
  let sent = 0;
  const more = (): void => {
    while (sent < BODY_MIB) {
      sent += 1;
      if (!answer.write(mebibyte)) return void answer.once('drain', more);
    }
    answer.end('""');
  };
  more();
}

function drip(answer: Parameters<RequestListener>[1]): void {
  answer.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => answer.write(' '), 200);
  answer.once('close', () => clearInterval(timer));
}

async function overHttp(listener: RequestListener): Promise<Stranger> {
  return serve(createHttp(listener));
}

async function overTcp(onSocket: (socket: Socket) => void): Promise<Stranger> {
  return serve(createNet(onSocket));
}

async function serve(server: Server): Promise<Stranger> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    // A client that gives up resets the connection: that is what is tested, not an error here.
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await listen(server);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
