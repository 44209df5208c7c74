import { canDraw, colored, formatOf } from './choices.ts';
import { type Given, UsageError } from './given.ts';
import type { Io } from './io.ts';
import { settle } from './settle.ts';

export type CommandName = 'watch' | 'monitor' | 'logs' | 'explain' | 'doctor' | 'config' | 'demo' | 'completion';

type Run = (given: Given, io: Io) => Promise<number>;

/** Each command with what it needs loaded on demand: none pays for another. */
export const COMMANDS: Record<CommandName, Run> = {
  watch,
  async monitor(given, io) {
    const format = formatOf(given, ['text', 'json']);
    const { settings, key } = await settle(given, io);
    const { monitorCommand } = await import('./monitor-command.ts');
    const forMs = (given.own.for as number | undefined) ?? null;
    return monitorCommand(settings, key, { format, color: colored(settings, io), forMs }, io);
  },
  async logs(given, io) {
    const { logsCommand } = await import('./logs-command.ts');
    return logsCommand(given, formatOf(given, ['text', 'json']), io);
  },
  async explain(given, io) {
    const { explainCommand } = await import('./explain-command.ts');
    return explainCommand(given, formatOf(given, ['text', 'json']), io);
  },
  async doctor(given, io) {
    const { settings, key } = await settle(given, io);
    const { doctorCommand } = await import('./doctor-command.ts');
    return doctorCommand(settings, key, formatOf(given, ['text', 'json']), io);
  },
  async config(given, io) {
    const { configCommand } = await import('./config-command.ts');
    return configCommand(given, formatOf(given, ['text', 'json']), io);
  },
  async demo(given, io) {
    const { demoCommand } = await import('./demo-command.ts');
    return demoCommand(given, io);
  },
  async completion(given, io) {
    const { completionOf } = await import('./completion.ts');
    await io.out(completionOf(given.words[0] ?? ''));
    return 0;
  },
};

async function watch(given: Given, io: Io): Promise<number> {
  if (given.words.length > 0)
    throw new UsageError(`watchtower: unknown command '${given.words[0]}' (see watchtower --help)`);
  const once = given.own.once === true || given.own.json === true || given.own.format !== 'text' || !canDraw(io);
  const format = formatOf(given, ['text', 'json']);
  const { settings, key } = await settle(given, io);
  if (once) {
    const { onceCommand } = await import('./once-command.ts');
    return onceCommand(settings, key, format, colored(settings, io), io);
  }
  if (settings.accessible) {
    const { monitorCommand } = await import('./monitor-command.ts');
    return monitorCommand(settings, key, { format: 'text', color: false, forMs: null }, io);
  }
  const { dashboardCommand } = await import('./dashboard-command.ts');
  return dashboardCommand(settings, key);
}
