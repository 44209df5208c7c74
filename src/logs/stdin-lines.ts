import { LINE_BYTES, type TailLine, textOf } from './tail-file.ts';

/** Lines of a stream as a file's lines are: cut at 64 KiB, invalid UTF-8 as U+FFFD; ends early when told to. */
export async function* linesOfStdin(stream: AsyncIterable<Buffer>, ending: AbortSignal): AsyncGenerator<TailLine> {
  let parts: Buffer[] = [];
  let size = 0;
  let offset = 0;
  const line = (): TailLine => ({
    text: textOf(Buffer.concat(parts).subarray(0, LINE_BYTES)),
    offset: offset - size,
    old: false,
  });
  for await (const chunk of stream) {
    if (ending.aborted) break;
    let from = 0;
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, from)) {
      parts.push(chunk.subarray(from, at));
      size += at - from;
      offset += at - from;
      yield line();
      offset += 1;
      parts = [];
      size = 0;
      from = at + 1;
    }
    const rest = chunk.subarray(from);
    size += rest.length;
    offset += rest.length;
    if (size <= LINE_BYTES + rest.length) parts.push(rest);
  }
  if (size > 0) yield line();
}
