interface Measured {
  what: string;
  value: number;
  unit: string;
}

/** A figure with what it may be at most, or what it must be at least; a budget of null is none. */
export type Figure = Measured & ({ budget: number | null } | { atLeast: number });

/** The figures as a Markdown table; a missed budget is marked. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { what, value, unit } = figure;
    const [budget, met] = judge(figure);
    const verdict = met === null ? '' : met ? 'met' : '**missed**';
    return `| ${what} | ${show(value)} ${unit} | ${budget} | ${verdict} |\n`;
  });
  return `| What | Measured | Budget | |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}

function judge(figure: Figure): [budget: string, met: boolean | null] {
  const { value, unit } = figure;
  if ('atLeast' in figure) return [`at least ${show(figure.atLeast)} ${unit}`, value >= figure.atLeast];
  return figure.budget === null ? ['-', null] : [`${show(figure.budget)} ${unit}`, value <= figure.budget];
}

function show(value: number): string {
  if (!Number.isFinite(value)) return 'not measured';
  if (value >= 10_000) return Math.round(value).toLocaleString('en');
  return value >= 100 ? String(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2);
}
