import type { Decoded, LogProgram } from './program-source.ts';

const PAST_LINES = 1_000;
const STAMPED = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d) ?(.*)$/s;

/** The output of a container, by the program that runs it. What was read already is passed over by its time. */
export function containerProgram(name: string, options: { follow: boolean; command: 'docker' | 'podman' }): LogProgram {
  let resumed = '';
  return {
    kind: 'docker',
    name: `${options.command}:${name}`,
    // LiteLLM's errors go to standard error: both streams are one log.
    command: 'sh',
    needs: options.command,
    args(cursor) {
      resumed = cursor ?? '';
      const from = cursor === null ? ['--tail', String(PAST_LINES)] : ['--since', cursor];
      const follow = options.follow ? ['--follow'] : [];
      return ['-c', 'exec "$0" "$@" 2>&1', options.command, 'logs', '--timestamps', ...follow, ...from, '--', name];
    },
    decode(line): Decoded {
      const match = STAMPED.exec(line);
      // Every line of the log has its time; without one, docker itself speaks.
      if (match === null) return { type: 'said', text: line };
      const cursor = `${match[1]}${match[2] ?? ''}${match[3]}`;
      // `--since` gives the line of that very time again.
      if (cursor <= resumed) return { type: 'nothing' };
      const at = Date.parse(`${match[1]}${(match[2] ?? '').slice(0, 4)}${match[3]}`);
      return { type: 'line', text: match[4] ?? '', stamp: { at, from: 'container' }, cursor };
    },
    hint(said) {
      if (/permission denied/i.test(said))
        return `no permission for ${options.command}: needs group docker, or run with sudo`;
      return /no such container/i.test(said) ? `there is no container named ${name}` : null;
    },
  };
}
