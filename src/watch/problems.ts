import { literal, safe } from '../text/scrub.ts';
import { formatAge } from '../text/units.ts';
import { keyState } from './gateway-state.ts';
import { logHeard } from './hearing.ts';
import type { Problem } from './snapshot.ts';
import { failureOf, type State } from './state.ts';
import type { View } from './view.ts';

/** What the watchtower itself cannot see or do, and what would mend it. */
export function problemsOf(state: State, view: View): Problem[] {
  return [
    ...state.problems,
    ...key(state, view),
    ...log(state),
    ...silentLog(state),
    ...processes(state),
    ...memory(state, view),
    ...debug(state),
  ];
}

function key(state: State, view: View): Problem[] {
  if (keyState(state, view.hasKey) !== 'MISSING') return [];
  return [
    {
      code: 'KEY_MISSING',
      text: literal('no key: models, /health and the chat probe are not asked'),
      fix: literal('set LITELLM_MASTER_KEY in the environment or in .env, or give --key-file'),
    },
  ];
}

function log(state: State): Problem[] {
  return state.sources
    .filter((source) => source.state === 'UNREADABLE' || source.state === 'MISSING' || source.state === 'NONE')
    .map((source) => ({
      code: `LOG_${source.state}`,
      text: safe`log ${source.path}: ${source.why ?? literal('cannot be read')}`,
      fix: literal('name it with --log-file, --journal or --container, or run with the rights to read it'),
    }));
}

/** What is followed is no longer what the gateway writes to: then nothing of what follows here is seen. */
function silentLog(state: State): Problem[] {
  const { forS } = logHeard(state);
  return forS === null
    ? []
    : [
        {
          code: 'LOG_SILENT',
          text: safe`no line in the log for ${formatAge(forS * 1000)}, though the gateway answers our questions`,
          fix: literal('press R to look anew for where the gateway writes, or name it with --log-file or --journal'),
        },
      ];
}

function processes(state: State): Problem[] {
  const why = state.processes?.why ?? null;
  // That no process of a gateway that is gone can be seen is no fault of the watchtower's sight.
  const gone = state.processes?.foundBy === 'none' && failureOf(state.live)?.code === 'REFUSED';
  return why === null || gone
    ? []
    : [
        {
          code: 'PROCESS_LIMITED',
          text: why,
          fix: literal('name the process with --pid, or run as its user or with sudo'),
        },
      ];
}

function memory(state: State, view: View): Problem[] {
  if (state.remembered || !view.limits.paidProbes || view.demo) return [];
  return [
    {
      code: 'WALLET_FORGETS',
      text: literal('what was spent today is forgotten when the watchtower ends'),
      fix: literal('leave --no-state out, or make the state folder writable (--state-dir)'),
    },
  ];
}

function debug(state: State): Problem[] {
  if (state.details.good?.value.detailedDebug !== true && state.ready.good?.value.detailedDebug !== true) return [];
  return [
    {
      code: 'GATEWAY_DETAILED_DEBUG',
      text: literal('the gateway runs with detailed debug: it is slow, and its log may hold prompts'),
      fix: literal('start it without --detailed_debug and without LITELLM_LOG=DEBUG'),
    },
  ];
}
