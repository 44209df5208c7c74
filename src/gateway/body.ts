import type { Readable } from 'node:stream';
import type { Clock } from '../clock.ts';
import { fault, faultError, faultOf } from './fault.ts';

export interface BodyLimits {
  clock: Clock;
  /** Bytes after decompression. */
  capBytes: number;
  /** true: stop reading at the cap and call that a success; false: fail with `too-large`. */
  stopAtCap: boolean;
  /** Longest pause between two pieces, ms. */
  idleMs: number;
}

/** Pieces of a decompressor: bigger than zlib's 16 KiB, small enough that one piece never blocks for long. */
const PIECE_BYTES = 64 * 1024;

/**
 * Reads `source` to its end, its cap or its idle limit, hands each decompressed piece to `onChunk` and resolves to
 * the number of bytes. Always leaves `source` consumed or destroyed. Rejects with a `FaultError`.
 */
export function readBody(
  source: Readable,
  encoding: string | undefined,
  limits: BodyLimits,
  onChunk: (chunk: Buffer) => void,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const decoder = decompressor(encoding);
    const output = decoder === null ? source : source.pipe(decoder);
    let bytes = 0;
    let ended = false;
    let cancelIdle = () => {};
    const finish = (settle: () => void) => {
      if (ended) return;
      ended = true;
      cancelIdle();
      if (!source.readableEnded) source.destroy();
      decoder?.destroy();
      settle();
    };
    const fail = (error: unknown) => finish(() => reject(faultError(faultOf(error, 'body'))));
    const rearm = () => {
      cancelIdle();
      if (ended) return;
      cancelIdle = limits.clock.after(limits.idleMs, () => fail(faultError(fault('body-idle', null, limits.idleMs))));
    };
    const take = (chunk: Buffer) => {
      if (ended) return;
      const room = limits.capBytes - bytes;
      if (chunk.length > room) {
        if (!limits.stopAtCap) return fail(faultError(fault('too-large', String(limits.capBytes))));
        onChunk(chunk.subarray(0, room));
        return finish(() => resolve(limits.capBytes));
      }
      bytes += chunk.length;
      onChunk(chunk);
    };
    // The idle limit is about what the peer sends, so it is fed by the raw pieces.
    source.on('data', rearm);
    source.on('error', fail);
    source.on('close', () => {
      if (!source.readableEnded) fail(Object.assign(new Error('closed'), { code: 'UND_ERR_SOCKET' }));
    });
    if (decoder !== null) decoder.on('error', fail);
    output.on('data', take);
    output.on('end', () => finish(() => resolve(bytes)));
    rearm();
  });
}

function decompressor(encoding: string | undefined) {
  const options = { chunkSize: PIECE_BYTES };
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return zlib().createGunzip(options);
    case 'deflate':
      return zlib().createInflate(options);
    case 'br':
      return zlib().createBrotliDecompress(options);
    default:
      return null;
  }
}

/** Loaded with the first body that needs it. */
const zlib = () => process.getBuiltinModule('node:zlib');
