import type { Scrub } from '../text/safe-text.ts';
import type { Head } from './request.ts';
import type { Answer, GatewayFailure } from './types.ts';

/** Bytes of an answer after decompression, unless an endpoint names its own cap. */
export const BODY_CAP_BYTES = 1024 * 1024;

/** A complete answer. `text` is its beginning, at most `BODY_CAP_BYTES`; decoders of large answers read the pieces. */
export interface Reply extends Head {
  text: string;
  bytes: number;
}

/** What a decoder may use besides the reply. */
export interface Context {
  scrub: Scrub;
  /** `localhost:4000`, safe to show. */
  where: string;
  /** Whether this request carried a key. */
  keySent: boolean;
  /** The name of the header that carries it. */
  keyHeader: string;
  /** Whether the endpoint asks for a key at all. */
  keyed: boolean;
  /** Whether a refusal can be a provider's, passed on by the gateway. */
  providerMaySpeak: boolean;
  /** The path that was asked. */
  path: string;
  /** Wall clock, ms. */
  now(): number;
}

type Kept<T> = T extends { at: number } ? Omit<T, 'at' | 'latencyMs' | 'status'> : never;
/** An `Answer` without the measurements that the client adds. */
export type Decoded<T> = Kept<Answer<T>>;

interface Decoder<T> {
  /** Each decompressed piece as it arrives; only for answers too large to be held. */
  chunk?(bytes: Buffer): void;
  end(reply: Reply): Decoded<T>;
}

/** One question to the gateway: what is sent, what it may cost in time and bytes, how its answer is read. */
export interface Endpoint<T> {
  method: 'GET' | 'POST';
  /** Below the gateway's path prefix. */
  path: string;
  /** Open endpoints are asked without the key: it is sent nowhere that does not need it. */
  key: boolean;
  headersMs: number;
  totalMs: number;
  capBytes: number;
  /** Reading stops at the cap without an error. */
  stopAtCap?: boolean;
  gzip?: boolean;
  /** A call that costs money: own connection, never repeated by us. */
  paid?: boolean;
  body?: string;
  /** A provider answers through the gateway, so a 401 need not be about our key. */
  providerMaySpeak?: boolean;
  decoder(context: Context): Decoder<T>;
}

/** The budgets of an ordinary free question. */
export const QUICK = { method: 'GET', headersMs: 5_000, totalMs: 10_000, capBytes: BODY_CAP_BYTES } as const;

export function failed<T>(failure: GatewayFailure): Decoded<T> {
  return { kind: 'failed', failure } as Decoded<T>;
}

export function answered<T>(value: T): Decoded<T> {
  return { kind: 'answered', value } as Decoded<T>;
}

export function absent<T>(context: Context, why: string): Decoded<T> {
  return { kind: 'absent', why: context.scrub(why) } as Decoded<T>;
}
