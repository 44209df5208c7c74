import type { Lexicon } from './build-lexicon.ts';
import { BIG_ENDIAN } from './codes.ts';

/** A lexicon as text: its arrays by their path, little-endian in base64, and its scripts as they are. */
interface Packed {
  arrays: Record<string, [kind: Kind, base64: string]>;
  scripts: [number, Lexicon['scripts'] extends ReadonlyMap<number, infer Entries> ? Entries : never][];
}

const KINDS = { Int32Array, Uint32Array, Uint16Array, Uint8Array };
type Kind = keyof typeof KINDS;
type Packable = InstanceType<(typeof KINDS)[Kind]>;

/** What is needed to have a lexicon again without reading the lists that it was built from. */
export function packLexicon(lexicon: Lexicon): string {
  const packed: Packed = { arrays: {}, scripts: [...lexicon.scripts] };
  const { scripts: _scripts, ...rest } = lexicon;
  for (const [path, array] of arraysOf(rest, '')) {
    const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
    packed.arrays[path] = [kindOf(array), littleEndian(Buffer.from(bytes), array.BYTES_PER_ELEMENT).toString('base64')];
  }
  return JSON.stringify(packed);
}

/** The lexicon that `packLexicon` packed. */
export function unpackLexicon(text: string): Lexicon {
  const { arrays, scripts } = JSON.parse(text) as Packed;
  const made: Record<string, unknown> = { scripts: new Map(scripts) };
  for (const [path, [kind, base64]] of Object.entries(arrays)) put(made, path.split('.'), unpackArray(kind, base64));
  return made as unknown as Lexicon;
}

function* arraysOf(value: object, before: string): Generator<[string, Packable]> {
  for (const [key, entry] of Object.entries(value) as [string, object][])
    if (ArrayBuffer.isView(entry)) yield [before + key, entry as Packable];
    else yield* arraysOf(entry, `${before}${key}.`);
}

function kindOf(array: Packable): Kind {
  const kind = (Object.keys(KINDS) as Kind[]).find((name) => array instanceof KINDS[name]);
  if (kind === undefined) throw new TypeError(`${array.constructor.name} cannot be packed`);
  return kind;
}

function unpackArray(kind: Kind, base64: string): Packable {
  const Made = KINDS[kind];
  const bytes = littleEndian(Buffer.from(base64, 'base64'), Made.BYTES_PER_ELEMENT);
  const array = new Made(bytes.length / Made.BYTES_PER_ELEMENT);
  new Uint8Array(array.buffer).set(bytes);
  return array;
}

/** Turns the bytes of this machine's numbers into little-endian ones, and back. */
function littleEndian(bytes: Buffer, size: number): Buffer {
  if (!BIG_ENDIAN || size === 1) return bytes;
  return size === 2 ? bytes.swap16() : bytes.swap32();
}

function put(into: Record<string, unknown>, path: readonly string[], array: Packable): void {
  const [key, ...further] = path as [string, ...string[]];
  if (further.length === 0) into[key] = array;
  else {
    into[key] ??= {};
    put(into[key] as Record<string, unknown>, further, array);
  }
}
