import type { Access } from './access-line.ts';
import type { LogRecord } from './open-record.ts';

/** What only our own questions carry. By its path alone none is recognised: others ask the same. */
export interface OwnProbes {
  /** A request of ours went out from this address and port; `now` is monotonic, ms. */
  connection(address: string, port: number, now: number): void;
  /** The gateway named this id for a call of ours (`x-litellm-call-id`). */
  call(id: string, now: number): void;
  /** True for the access line of one of our requests. */
  isOwnAccess(access: Access, bytes: Buffer, now: number): boolean;
  /** True for a record that one of our requests caused. */
  isOwnRecord(record: Pick<LogRecord, 'text'>, now: number): boolean;
}

export interface OwnOptions {
  /** LiteLLM logs the SHA-256 of a key that it refuses; null without a key. */
  keyHash: string | null;
}

/** A port goes to somebody else some time after we closed it. */
const KNOWN_MS = 600_000;
const KNOWN = 512;
const CALL_ID = /\blitellm_call_id["']?[=:] ?["']?([\w-]{8,64})/g;
/** As our chat probe writes them, in Python's or JSON's form. */
const TAG = /["']user["']: ?["']skypiea-watchtower["']|["']skypiea_watchtower["']: ?["']chat-probe["']/;

export function createOwnProbes({ keyHash }: OwnOptions): OwnProbes {
  const connections = new Map<string, number>();
  const ports = new Map<number, number>();
  const calls = new Map<string, number>();
  return {
    connection(address, port, now) {
      remember(connections, `${bare(address)}:${port}`, now);
      remember(ports, port, now);
    },
    call(id, now) {
      remember(calls, id, now);
    },
    isOwnAccess({ port, client }, bytes, now) {
      if (port === null || !knows(ports, port, now)) return false;
      const text = bytes.toString('latin1', client[0], client[1]);
      const colon = text.lastIndexOf(':');
      return knows(connections, `${bare(text.slice(0, colon))}:${port}`, now);
    },
    isOwnRecord({ text }, now) {
      if (keyHash !== null && text.includes(keyHash)) return true;
      if (text.includes('skypiea') && TAG.test(text)) return true;
      if (calls.size === 0 || !text.includes('litellm_call_id')) return false;
      for (const match of text.matchAll(CALL_ID)) if (knows(calls, match[1] as string, now)) return true;
      return false;
    },
  };
}

/** `[::1]`, `::ffff:127.0.0.1` and `127.0.0.1` as one form. */
function bare(address: string): string {
  return address
    .replace(/^\[|\]$/g, '')
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .toLowerCase();
}

function remember<K>(known: Map<K, number>, key: K, now: number): void {
  known.delete(key);
  known.set(key, now);
  if (known.size > KNOWN) known.delete(known.keys().next().value as K);
}

function knows<K>(known: ReadonlyMap<K, number>, key: K, now: number): boolean {
  const at = known.get(key);
  return at !== undefined && now - at <= KNOWN_MS;
}
