import undiciRequest from 'undici/lib/api/api-request.js';
import UndiciClient from 'undici/lib/dispatcher/client.js';

/*
 * The two parts of undici that we use: its HTTP/1.1 connection and the function behind `undici.request`. The package's
 * front door also loads fetch, WebSocket, caches and mocks: 58 ms against 25 ms (measured on two cores), which is more
 * than a whole `--once` may cost. No other file imports undici.
 */

export type Connection = UndiciClient;
export type Connector = NonNullable<UndiciClient.Options['connect']>;
export type AnswerHead = Awaited<ReturnType<typeof undiciRequest>>;
export type RequestOptions = Parameters<typeof undiciRequest>[0];

/**
 * One connection to `origin`, dialled by `connect` on first use and again whenever the peer has closed it. Timeouts are
 * off: ours name the phase. `keepAliveMs` must stay under uvicorn's 5 s, else we write into a closing connection.
 */
export function createConnection(origin: string, connect: Connector, keepAliveMs: number): Connection {
  return new UndiciClient(origin, {
    connect,
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    maxHeaderSize: 32 * 1024,
  });
}

/** `undici.request` on that one connection: no redirects, no proxy, no retries. */
export function requestOn(connection: Connection, options: RequestOptions): Promise<AnswerHead> {
  return undiciRequest.call(connection, options);
}
