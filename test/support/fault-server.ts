import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { gzipSync } from 'node:zlib';
import type { Certificate } from './certificate.ts';

/*
 * A server that misbehaves on purpose, on raw sockets: one behaviour for each way in which an answer can go wrong.
 */

/** Called with the socket and the text of a complete request head; `count` is 1 for the first request of the server. */
export type Behaviour = (socket: Socket, request: string, count: number) => void;

export interface FaultServer {
  port: number;
  /** `http://127.0.0.1:port`, or https. */
  url: string;
  /** Every request head that came in. */
  requests: string[];
  /** Connections accepted so far. */
  connections: () => number;
  /** Connections open now. */
  open: () => number;
  close(): Promise<void>;
}

export interface FaultServerOptions {
  host?: string;
  port?: number;
  certificate?: Certificate;
  /** Called for each connection before anything was read. */
  greet?: (socket: Socket) => void;
}

/** Starts `behaviour` on a free loopback port. */
export async function startFaultServer(behaviour: Behaviour, options: FaultServerOptions = {}): Promise<FaultServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const onConnection = (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    options.greet?.(socket);
    let head = '';
    socket.on('data', (chunk) => {
      head += chunk.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const request = head;
      head = '';
      requests.push(request);
      behaviour(socket, request, requests.length);
    });
  };
  const server: Server = options.certificate
    ? createTlsServer(options.certificate, onConnection)
    : createTcpServer(onConnection);
  server.on('tlsClientError', () => {});
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as { port: number };
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    port,
    url: `${options.certificate ? 'https' : 'http'}://${shown}:${port}`,
    requests,
    connections: () => connections,
    open: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** A complete answer; the connection stays open unless `headers` say otherwise. */
export function answer(status: number, body: string | Buffer, headers: Record<string, string> = {}): Behaviour {
  const content = Buffer.from(body);
  const lines = Object.entries({
    'content-type': 'application/json',
    'content-length': String(content.length),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return (socket) => {
    socket.write(Buffer.concat([Buffer.from(`HTTP/1.1 ${status} X\r\n${lines.join('')}\r\n`), content]));
  };
}

export const ALIVE = '"I\'m alive!"';
export const alive: Behaviour = answer(200, ALIVE);

/** Accepts and never says a word. */
export const silent: Behaviour = () => {};

export const closeAtOnce: Behaviour = (socket) => socket.end();
export const resetAtOnce: Behaviour = (socket) => socket.resetAndDestroy();

/** A header line every `everyMs`, for ever. */
export function dripHead(everyMs: number): Behaviour {
  return (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    repeat(socket, everyMs, (n) => `x-drip-${n}: 1\r\n`);
  };
}

/** A complete head, then a byte of body every `everyMs`, for ever. */
export function dripBody(everyMs: number): Behaviour {
  return (socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n"');
    repeat(socket, everyMs, () => 'x');
  };
}

/** A head, one byte, and silence. */
export const stallBody: Behaviour = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n"');
};

/** A body without end, as fast as the socket takes it. */
export const endlessBody: Behaviour = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
  const piece = Buffer.alloc(64 * 1024, 'x');
  const more = () => {
    while (!socket.destroyed && socket.write(Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')])));
  };
  socket.on('drain', more);
  more();
};

/** 50 KB of gzip that become 50 MB. */
export function gzipBomb(): Behaviour {
  return answer(200, gzipSync(Buffer.alloc(50 * 1024 * 1024, 'x')), { 'content-encoding': 'gzip' });
}

export const badGzip: Behaviour = answer(200, 'this is no gzip', { 'content-encoding': 'gzip' });

/** Promises more bytes than it sends. */
export const shortBody: Behaviour = (socket) => {
  socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n"I\'m al');
};

/** Resets the connection in the middle of the body. */
export const resetInBody: Behaviour = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n"I\'m al', () =>
    setTimeout(() => socket.resetAndDestroy(), 20),
  );
};

/** Bytes as they are, then nothing. */
export function raw(bytes: string): Behaviour {
  return (socket) => {
    socket.write(Buffer.from(bytes, 'latin1'));
  };
}

/** Answers the first request of each connection and closes when the second one arrives, as a keep-alive race does. */
export function closeOnReuse(first: Behaviour): Behaviour {
  const served = new WeakSet<Socket>();
  return (socket, request, count) => {
    if (served.has(socket)) socket.destroy();
    else {
      served.add(socket);
      first(socket, request, count);
    }
  };
}

function repeat(socket: Socket, everyMs: number, piece: (n: number) => string): void {
  let n = 0;
  const timer = setInterval(() => {
    n += 1;
    socket.write(piece(n));
  }, everyMs);
  socket.on('close', () => clearInterval(timer));
}
