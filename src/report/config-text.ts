import type { SafeText } from '../text/safe-text.ts';
import { toJson } from './json.ts';

/** One setting as `watchtower config` shows it; secrets are masked before they come here. */
export interface ConfigRow {
  name: string;
  value: SafeText;
  from: SafeText;
}

/** Every setting in force with its value and origin, in columns, or as one JSON document. */
export function renderConfig(rows: readonly ConfigRow[], format: 'text' | 'json'): string {
  if (format === 'json')
    return `${toJson(Object.fromEntries(rows.map(({ name, value, from }) => [name, { value, from }])), 2)}\n`;
  const widest = (pick: (row: ConfigRow) => string): number => Math.max(0, ...rows.map((row) => pick(row).length));
  const name = widest((row) => row.name);
  const value = widest((row) => row.value);
  return rows.map((row) => `${row.name.padEnd(name)}  ${row.value.padEnd(value)}  ${row.from}\n`).join('');
}
