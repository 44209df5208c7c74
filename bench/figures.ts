export interface Figure {
  what: string;
  value: number;
  unit: string;
  /** At most this; null where there is none. */
  budget: number | null;
}

/** The figures as a Markdown table; a missed budget is marked. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, value, unit, budget }) => {
    const verdict = budget === null ? '' : value <= budget ? 'met' : '**missed**';
    return `| ${what} | ${show(value)} ${unit} | ${budget === null ? '-' : `${show(budget)} ${unit}`} | ${verdict} |\n`;
  });
  return `| What | Measured | Budget | |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}

function show(value: number): string {
  if (!Number.isFinite(value)) return 'not measured';
  return value >= 100 ? String(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2);
}
