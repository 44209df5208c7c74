import { stampOf } from '../containers/stamp.ts';
import type { Decoded, LogProgram } from './program-source.ts';

const PAST_LINES = 1_000;
const STAMPED = /^(\d{4}-\S{16,32}) ?(.*)$/s;

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
      const cursor = match?.[1] ?? '';
      const at = stampOf(cursor);
      // Every line of the log has its time; without one, docker itself speaks.
      if (match === null || at === null) return { type: 'said', text: line };
      // `--since` gives the line of that very time again.
      if (cursor <= resumed) return { type: 'nothing' };
      return { type: 'line', text: match[2] ?? '', stamp: { at, from: 'container' }, cursor };
    },
    hint(said) {
      if (/permission denied/i.test(said))
        return `no permission for ${options.command}: needs group docker, or run with sudo`;
      return /no such container/i.test(said) ? `there is no container named ${name}` : null;
    },
  };
}
