import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRowReader } from '../../src/gateway/rows.ts';

function readRows(text: string | Buffer, pieceBytes: number) {
  const rows: [string, unknown][] = [];
  const reader = createRowReader((key, row) => rows.push([key, row]));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.write(bytes.subarray(at, at + pieceBytes));
  return { rows, end: reader.end() };
}

/** What JSON.parse makes of the same text. */
function parsedRows(text: string): [string, unknown][] {
  const value = JSON.parse(text) as Record<string, unknown>;
  return Object.entries(value).flatMap(([key, rows]) =>
    Array.isArray(rows)
      ? rows
          .filter((row) => typeof row === 'object' && row !== null && !Array.isArray(row))
          .map((row) => [key, row] as [string, unknown])
      : [],
  );
}

describe('rows of a large answer', () => {
  it('are those of JSON.parse, however the bytes are cut', () => {
    // Keys that are integers or __proto__ change order or vanish in an object literal; LiteLLM has none.
    const key = fc
      .string({ minLength: 1, maxLength: 8, unit: 'binary' })
      .filter((one) => !/^\d+$/.test(one) && one !== '__proto__');
    const document = fc.dictionary(
      key,
      fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.array(fc.dictionary(key, fc.jsonValue({ maxDepth: 3 })))),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(
        document,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(undefined, 1, '\t'),
        (value, pieceBytes, indent) => {
          const text = JSON.stringify(value, null, indent);
          const read = readRows(text, pieceBytes);
          expect(read.end).not.toBeNull();
          expect(read.rows).toEqual(parsedRows(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[{"a":1}]'],
    ['a cut object', '{"data":[{"a":1},'],
    ['a cut string', '{"data":"x'],
    ['two objects', '{"data":[]}{}'],
    ['a web page', '<html>{"data":[]}</html>'],
    ['a row that is no JSON', '{"data":[{"a":nope}]}'],
    ['brackets that do not match', '{"data":[}}'],
    ['a closing bracket too many', '{"data":[]}]'],
  ])('%s is no complete answer', (_what, text) => {
    expect(readRows(text, 3).end).toBeNull();
  });

  it('a byte order mark is skipped', () => {
    expect(readRows('\uFEFF{"data":[{"a":1}]}', 2)).toMatchObject({ rows: [['data', { a: 1 }]] });
  });

  it('__proto__ in a row pollutes nothing', () => {
    readRows('{"data":[{"__proto__":{"polluted":1}}],"__proto__":[{"polluted":1}]}', 5);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('a single row without end is given up, not collected', () => {
    const before = process.memoryUsage().arrayBuffers;
    const reader = createRowReader(() => {});
    reader.write(Buffer.from('{"data":[{"a":"'));
    for (let i = 0; i < 300; i += 1) reader.write(Buffer.alloc(64 * 1024, 'x'));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(24 * 1024 * 1024);
    expect(reader.end()).toBeNull();
  });
});
