import type { Settings } from '../config/settings.ts';
import { renderDoctor } from '../report/doctor-text.ts';
import { toJson } from '../report/json.ts';
import { runOnce } from '../watch/run-once.ts';
import type { Key } from '../watch/start.ts';
import type { Io } from './io.ts';

/** What can be seen and what cannot, by one look that spends nothing. */
export async function doctorCommand(
  settings: Settings,
  key: Key | null,
  format: 'text' | 'json',
  io: Io,
): Promise<number> {
  const snapshot = await runOnce({ ...settings, paidProbes: false }, key);
  await io.out(format === 'json' ? `${toJson(snapshot, 2)}\n` : renderDoctor(snapshot));
  return 0;
}
