import { hiddenErrors, resolveSettings } from '../config/resolve.ts';
import { rowOf, SETTING_NAMES } from '../config/table.ts';
import { type ConfigRow, renderConfig } from '../report/config-text.ts';
import type { SafeText } from '../text/safe-text.ts';
import { createScrub, literal } from '../text/scrub.ts';
import { type Given, UsageError } from './given.ts';
import type { Io } from './io.ts';
import { configDeps, settle } from './settle.ts';

/** `config`: what is in force; `config paths`: the files; `config check`: everything that is wrong. */
export async function configCommand(given: Given, format: 'text' | 'json', io: Io): Promise<number> {
  const [what] = given.words;
  if (what === undefined) return show(given, format, io);
  if (what === 'paths') return paths(given, format, io);
  if (what === 'check') return check(given, io);
  throw new UsageError('watchtower: config takes paths, check or nothing');
}

async function show(given: Given, format: 'text' | 'json', io: Io): Promise<number> {
  const { settings, key, origins } = await settle(given, io);
  const scrub = createScrub(key === null ? [] : [key.reveal()]);
  const said = valuesOf(settings);
  const rows: ConfigRow[] = [
    { name: 'key', value: literal(key === null ? 'none' : String(key)), from: settings.keyFrom ?? literal('default') },
    ...SETTING_NAMES.map((name) => ({ name, value: scrub(said[name] ?? rowOf(name).standard), from: origins[name] })),
    { name: 'rules', value: literal(String(settings.rules.length)), from: literal('config file') },
    { name: 'ignore', value: literal(String(settings.ignore.length)), from: literal('config file') },
  ];
  await io.out(renderConfig(rows, format));
  return 0;
}

type SettingsOf = Awaited<ReturnType<typeof settle>>['settings'];

/** A setting as a user would write it; missing where it has its default. */
function valuesOf(settings: SettingsOf): Partial<Record<string, string>> {
  const url = new URL(settings.url);
  const seconds = (ms: number | null): string | undefined =>
    ms === null ? undefined : ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
  const yes = (on: boolean): string => (on ? 'on' : 'off');
  return {
    url: settings.url,
    host: url.hostname,
    port: url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port,
    name: settings.name,
    'key-header': settings.keyHeader,
    interval: seconds(settings.intervalMs),
    'chat-interval': seconds(settings.chatIntervalMs),
    'chat-model': settings.chatModel ?? undefined,
    'no-paid-probes': yes(!settings.paidProbes),
    budget: `${settings.budgetUsd}`,
    pid: settings.pid === null ? undefined : String(settings.pid),
    'log-file': settings.logFiles.length === 0 ? undefined : settings.logFiles.join(', '),
    journal: settings.journal ?? undefined,
    container: settings.container ?? undefined,
    timeout: seconds(settings.timeoutMs),
    'fail-on': settings.failOn,
    'wait-ok': seconds(settings.waitOkMs),
    strict: yes(settings.strict),
    color: settings.color,
    ascii: yes(settings.ascii),
    accessible: yes(settings.accessible),
    'state-dir': settings.stateDir ?? undefined,
    'no-state': yes(settings.stateDir === null),
  } as Partial<Record<string, string>>;
}

async function paths(given: Given, format: 'text' | 'json', io: Io): Promise<number> {
  const { settings, files } = await settle(given, io);
  const scrub = createScrub([]);
  const rows: ConfigRow[] = files.map((file) => ({
    name: file.what,
    value: scrub(file.path ?? 'none'),
    from: scrub(file.why === null ? file.state : `${file.state}: ${file.why}`),
  }));
  rows.push({
    name: 'state',
    value: scrub(settings.stateDir ?? 'none'),
    from: literal(settings.stateDir === null ? '--no-state' : 'folder'),
  });
  await io.out(renderConfig(rows, format));
  return 0;
}

async function check(given: Given, io: Io): Promise<number> {
  const deps = configDeps();
  const resolved = await resolveSettings({ flags: given.flags }, deps);
  const hidden = await hiddenErrors({ flags: given.flags }, deps);
  const errors: SafeText[] = [...new Set([...(resolved.ok ? [] : resolved.errors), ...hidden])];
  for (const warning of resolved.warnings) await io.err(`watchtower: ${warning}\n`);
  for (const error of errors) await io.err(`watchtower: ${error}\n`);
  if (errors.length > 0) return 3;
  await io.out('config: fine\n');
  return 0;
}
