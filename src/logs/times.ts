/** When a record happened: its own time of day, which is today's or, where that would be in the future, yesterday's; else now. */
export function atOf(time: string | null, now: number): { at: number; from: 'line' | 'received' } {
  if (time === null) return { at: now, from: 'received' };
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  const date = new Date(now);
  date.setHours(hours, minutes, seconds, 0);
  const at = date.getTime();
  return { at: at > now + 60_000 ? at - 86_400_000 : at, from: 'line' };
}
