import { classFacts } from '../diagnosis/catalogue.ts';
import { createDiagnose } from '../diagnosis/diagnose.ts';
import type { Diagnose, TextSource } from '../diagnosis/types.ts';
import { explainJson, explainText } from '../report/explain-text.ts';
import { toJson } from '../report/json.ts';
import { type Given, UsageError } from './given.ts';
import type { Io } from './io.ts';
import { linesOf } from './lines-of.ts';
import { settle } from './settle.ts';

const SOURCES: readonly string[] = ['health', 'chat', 'probe', 'log', 'system'];
/** One text is read so far; the rest of it is passed over. */
const TEXT_BYTES = 64 * 1024 * 1024;

/** Says what a text means: the argument, standard input as one text, or with `--jsonl` one object a line. */
export async function explainCommand(given: Given, format: 'text' | 'json', io: Io): Promise<number> {
  const { settings } = await settle(given, io);
  const diagnose = createDiagnose({ rules: settings.rules, ignore: settings.ignore });
  const source = (given.own.source as TextSource | undefined) ?? 'chat';
  const status = (given.own.status as number | undefined) ?? null;
  if (given.own.jsonl === true) return explainLines(diagnose, source, status, io);
  const text = given.words.length > 0 ? given.words.join(' ') : await readAll();
  const diagnosis = diagnose({ text, source, status, now: Date.now() });
  await io.out(
    format === 'json'
      ? explainJson(diagnosis, null)
      : explainText(diagnosis, diagnosis === null ? null : (classFacts(diagnosis.class)?.meaning ?? null)),
  );
  return 0;
}

async function readAll(): Promise<string> {
  if (process.stdin.isTTY === true)
    throw new UsageError('watchtower: explain needs a text, as an argument or on standard input');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    if (size < TEXT_BYTES) chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** One answer a line, in order; a line that is no such object gets an error in its place. */
async function explainLines(diagnose: Diagnose, source: TextSource, status: number | null, io: Io): Promise<number> {
  let wrong = 0;
  for await (const line of linesOf(process.stdin as AsyncIterable<Buffer>)) {
    const asked = parse(line);
    if ('error' in asked) {
      wrong += 1;
      await io.out(`${toJson(asked)}\n`);
      continue;
    }
    const diagnosis = diagnose({
      text: asked.text,
      source: asked.source ?? source,
      status: asked.status ?? status,
      now: Date.now(),
    });
    await io.out(explainJson(diagnosis, asked.id));
  }
  return wrong > 0 ? 3 : 0;
}

type Asked =
  | { id: string | null; text: string; source: TextSource | null; status: number | null }
  | { id: string | null; error: string };

function parse(line: string): Asked {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null, error: 'this line is no JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { id: null, error: 'this line is no JSON object' };
  const { id, text, source, http_status: status } = value as Record<string, unknown>;
  const name = typeof id === 'string' || typeof id === 'number' ? String(id) : null;
  if (typeof text !== 'string') return { id: name, error: 'the object has no "text"' };
  return {
    id: name,
    text,
    source: typeof source === 'string' && SOURCES.includes(source) ? (source as TextSource) : null,
    status: typeof status === 'number' && Number.isInteger(status) ? status : null,
  };
}
