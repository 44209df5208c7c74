/** What somebody wrote to standard output or error while the screen was ours. */
export interface CapturedOutput {
  /** Gives the streams back and returns the text, at most the last 16 KiB of it. */
  release(): string;
}

interface Writable {
  write: (...values: never[]) => boolean;
}

const KEPT_CHARS = 16 * 1024;

/**
 * Keeps libraries and Node's own warnings off the picture: for the time being their text is gathered, not written.
 * It is raw: redact it before it is shown.
 */
export function captureOutput(streams: readonly Writable[]): CapturedOutput {
  let text = '';
  const originals = streams.map((stream) => stream.write);
  for (const stream of streams) {
    stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
      text = (text + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))).slice(-KEPT_CHARS);
      const done = rest.at(-1);
      if (typeof done === 'function') queueMicrotask(() => done());
      return true;
    }) as Writable['write'];
  }
  return {
    release() {
      streams.forEach((stream, index) => {
        const original = originals[index];
        if (original !== undefined) stream.write = original;
      });
      return text;
    },
  };
}
