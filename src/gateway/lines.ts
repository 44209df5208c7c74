import type { Dialer } from './dial.ts';
import { type FaultError, fault, faultError, type Phase } from './fault.ts';
import { type Connection, createConnection } from './undici.ts';

/** uvicorn closes after 5 s of silence; we leave first, or a probe would be written into a closing connection. */
const KEEP_ALIVE_MS = 4_000;
/** Kept connections count against `--limit_concurrency` of the gateway. */
const IDLE_CONNECTIONS = 2;

/** Told what our requests leave in the gateway's log. */
export interface Traces {
  /** The local address and port of the connection of each request, before it is sent: an access line names them. */
  connection(address: string, port: number): void;
  /** The id that the gateway gave the request (`x-litellm-call-id`): the record of a failure names it. */
  call(id: string): void;
}

/** A connection, and the request that uses it. */
export interface Line {
  connection: Connection;
  /** The request that uses the line now; the connector reports to it. */
  run: Run | null;
  /** Bytes that ever came in on the socket in use. */
  bytesRead: () => number;
  /** Tells which connection a request goes out on. */
  trace: () => void;
}

/** One request on its way: where it is, and the clock that bounds its phase. */
export interface Run {
  phase: Phase;
  dialled: boolean;
  arm(): void;
  disarm(): void;
  signal: AbortSignal;
}

export interface Lines {
  take(fresh: boolean): Line;
  give(line: Line, fresh: boolean): void;
  drop(line: Line): void;
  close(): Promise<void>;
}

/** Connections to one origin: each is used by one request at a time, and a few are kept for the next. */
export function createLines(origin: string, dialer: Dialer, traces: Traces | null): Lines {
  const idle: Line[] = [];
  const all = new Set<Line>();
  const create = (): Line => {
    const line: Line = {
      run: null,
      bytesRead: () => 0,
      trace: () => {},
      connection: undefined as unknown as Connection,
    };
    line.connection = createConnection(
      origin,
      (_target, done) => {
        const run = line.run;
        if (run === null) return done(faultError(fault('aborted')), null);
        run.dialled = true;
        run.disarm();
        run.phase = 'connect';
        dialer.dial(run.signal).then(
          (socket) => {
            run.phase = 'head';
            line.bytesRead = () => socket.bytesRead;
            const { localAddress, localPort } = socket;
            if (localAddress !== undefined && localPort !== undefined)
              line.trace = () => traces?.connection(localAddress, localPort);
            line.trace();
            run.arm();
            done(null, socket);
          },
          (error: FaultError) => done(error, null),
        );
      },
      KEEP_ALIVE_MS,
    );
    all.add(line);
    return line;
  };
  const drop = (line: Line) => {
    all.delete(line);
    line.run = null;
    line.connection.destroy().catch(() => {});
  };
  return {
    take: (fresh) => (fresh ? create() : (idle.pop() ?? create())),
    give(line, fresh) {
      line.run = null;
      if (fresh || idle.length >= IDLE_CONNECTIONS) drop(line);
      else idle.push(line);
    },
    drop,
    async close() {
      idle.length = 0;
      const closing = [...all].map((line) => line.connection.destroy());
      all.clear();
      await Promise.allSettled(closing);
    },
  };
}
