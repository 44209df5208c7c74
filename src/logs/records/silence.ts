import type { Traffic } from './traffic.ts';

/** Whether something that usually speaks is heard. UNKNOWN: nobody can say, and `why` says why not. */
export type Silence =
  | { state: 'HEARD' }
  | { state: 'SILENT'; forS: number; why: string }
  | { state: 'UNKNOWN'; why: string };

/** Below one request in half a minute a pause means nothing. */
const LEAST_PER_SECOND = 1 / 30;
/** Callers that come by themselves leave out so many only when something keeps them away. */
const MISSED = 30;
const QUIET_S = 300;

/** Requests came, and come no more, while the gateway answers us: something before it keeps the callers away. */
export function trafficSilence(traffic: Traffic | null, gatewayAnswers: boolean): Silence {
  if (traffic === null) return { state: 'UNKNOWN', why: 'no access lines in the log' };
  const { lastAgeS, usualPerSecond } = traffic;
  if (lastAgeS === null) return { state: 'UNKNOWN', why: 'no caller was seen yet' };
  if (usualPerSecond < LEAST_PER_SECOND)
    return { state: 'UNKNOWN', why: 'too few callers to tell a pause from silence' };
  if (lastAgeS < Math.max(QUIET_S, MISSED / usualPerSecond)) return { state: 'HEARD' };
  if (!gatewayAnswers) return { state: 'UNKNOWN', why: 'the gateway answers nobody' };
  const before =
    usualPerSecond >= 1 ? `${Math.round(usualPerSecond)} a second` : `${Math.round(usualPerSecond * 60)} a minute`;
  return { state: 'SILENT', forS: lastAgeS, why: `no caller since, ${before} before` };
}

/** What is known of a log and of our own questions, which leave lines in it. */
export interface Heard {
  /** Age of the last line of any kind, s; null before the first. */
  lastLineAgeS: number | null;
  /** An access line was seen in this log: the server writes them. */
  accessSeen: boolean;
  /** Questions of ours that the gateway answered since the last line came. */
  answeredSince: number;
}

const ANSWERS = 3;
const STILL_S = 30;

/** Not even our own questions leave a line: what is followed is no longer what the gateway writes to. */
export function logSilence({ lastLineAgeS, accessSeen, answeredSince }: Heard): Silence {
  if (lastLineAgeS === null) return { state: 'UNKNOWN', why: 'no line yet' };
  if (lastLineAgeS < STILL_S || answeredSince < ANSWERS) return { state: 'HEARD' };
  // With LITELLM_LOG=ERROR, or our paths in LITELLM_DISABLE_ACCESS_LOG_PATHS, a healthy gateway writes nothing at all.
  if (!accessSeen) return { state: 'UNKNOWN', why: 'the gateway writes no access lines' };
  return {
    state: 'SILENT',
    forS: lastLineAgeS,
    why: `no line for ${lastLineAgeS} s, though the gateway answered ${answeredSince} of our questions`,
  };
}
