const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** The time of a container's record, `2026-11-24T08:14:02.123456789Z`, in whole ms; null for anything else. */
export function stampOf(text: string): number | null {
  const match = STAMP.exec(text);
  if (match === null) return null;
  const at = Date.parse(`${match[1]}${(match[2] ?? '').slice(0, 4)}${match[3]}`);
  return Number.isNaN(at) ? null : at;
}
