import type { Decoded, LogProgram } from './program-source.ts';

/** How much of the past is read at first sight. */
const PAST_LINES = 1_000;

/** The journal of a unit, or of the user's own manager where `user` is true. */
export function journalProgram(unit: string, options: { follow: boolean; user: boolean }): LogProgram {
  return {
    kind: 'journal',
    name: `journal:${unit}`,
    command: 'journalctl',
    needs: 'journalctl',
    args: (cursor) => [
      ...(options.user ? ['--user'] : []),
      `--unit=${unit}`,
      '--all',
      '--no-pager',
      '--output=json',
      ...(options.follow ? ['--follow'] : []),
      ...(cursor === null ? [`--lines=${PAST_LINES}`] : [`--after-cursor=${cursor}`]),
    ],
    decode,
    hint: (said) =>
      /permission|not seeing messages|insufficient/i.test(said)
        ? 'no permission for the journal: needs group systemd-journal or adm, or run with sudo'
        : null,
  };
}

/** journald drops lines of a unit that writes too fast, and says so in the unit's own journal. */
const SUPPRESSED = /^Suppressed \d+ messages? from /;

function decode(line: string): Decoded {
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return { type: 'nothing' };
  }
  const text = messageOf(entry.MESSAGE);
  const micros = Number(entry.__REALTIME_TIMESTAMP);
  if (text === null || typeof entry.__CURSOR !== 'string') return { type: 'nothing' };
  if (SUPPRESSED.test(text)) return { type: 'gap' };
  const stamp = Number.isFinite(micros) ? ({ at: Math.floor(micros / 1000), from: 'journal' } as const) : null;
  return { type: 'line', text, stamp, cursor: entry.__CURSOR };
}

/** A text; bytes where it is no UTF-8; several values of one field; nothing where it was too long. */
function messageOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return null;
  if (value.every((one) => typeof one === 'number')) return Buffer.from(value as number[]).toString('utf8');
  return value.map(messageOf).find((one) => one !== null) ?? null;
}
