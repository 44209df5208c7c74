import { createHash } from 'node:crypto';
import type { SafeText } from '../text/safe-text.ts';
import { answered, type Context, type Endpoint, QUICK } from './endpoint.ts';
import { backendOf, hostOf, idOf } from './identity.ts';
import { amount, field, isObject, text } from './json.ts';
import { refused } from './refusal.ts';
import { createRowReader } from './rows.ts';
import type { HealthEntry, HealthReport } from './types.ts';

/** An unhealthy entry is 1 to 3 KB: enough for 5,000 of them. */
const CAP_BYTES = 16 * 1024 * 1024;
const ERROR_CHARS = 4_000;

/**
 * `GET /health`: one real provider call per deployment and more, answered when the slowest has ended (60 s by default).
 * The same body comes with 200 and, when asked for one model, with 503: it is read whatever the status. Never kept:
 * `raw_request_typed_dict` (1.74.9 prints the provider's key in it) and every field not named here.
 */
export const health: Endpoint<HealthReport> = {
  ...QUICK,
  path: '/health',
  key: true,
  headersMs: 75_000,
  totalMs: 77_000,
  capBytes: CAP_BYTES,
  paid: true,
  decoder(context) {
    const entries: HealthEntry[] = [];
    const hash = createHash('sha256');
    const reader = createRowReader((key, row) => {
      if (key === 'healthy_endpoints') entries.push(readEntry(row, true, context));
      else if (key === 'unhealthy_endpoints') entries.push(readEntry(row, false, context));
    });
    return {
      chunk(bytes) {
        hash.update(bytes);
        reader.write(bytes);
      },
      end(reply) {
        const read = reader.end();
        const listed = read?.keys.has('healthy_endpoints') || read?.keys.has('unhealthy_endpoints');
        // `{}`: background checks are on and their first cycle has not ended (measured 1.106.2).
        const pending = read !== null && read.keys.size === 0 && reply.status === 200;
        if (read === null || (!listed && !pending)) return refused(reply, context);
        const healthy = entries.filter((entry) => entry.healthy).length;
        return answered({
          entries,
          healthy,
          unhealthy: entries.length - healthy,
          pending,
          bodyHash: hash.digest('hex'),
        });
      },
    };
  },
};

function readEntry(row: unknown, healthy: boolean, context: Context): HealthEntry {
  const shown = (value: string | null, chars: number): SafeText | null =>
    value === null ? null : context.scrub(value, chars);
  const head = healthy ? null : headOf(row);
  return {
    healthy,
    id: idOf(field(row, 'model_id'), context.scrub),
    model: shown(text(field(row, 'model')), 300),
    host: shown(hostOf(field(row, 'api_base')), 300),
    backend: backendOf(field(row, 'api_base')),
    status: healthy ? null : statusOf(row, head),
    error: shown(head, ERROR_CHARS),
  };
}

/** Where an error stops being one; 1.60.8 also glues a second trace to the sentence itself (measured). */
const TAILS = ['\nstack trace:', 'Traceback (most recent call last)', "\nHave you set 'mode'"];

/** What 1.83 and later write for a check that ran into its limit. */
const TIMED_OUT = 'Timeout exceeded';

/** Fields that remain with `health_check_details: false`. */
const BARE_FIELDS = new Set(['model', 'model_id', 'exception_status', 'mode_error']);

/** The error before its stack trace. 1.60.8 puts advice about `mode` behind every failure; it is no diagnosis. */
function headOf(row: unknown): string {
  const error = field(row, 'error');
  const whole =
    typeof error === 'string' ? error : error === undefined || error === null ? null : JSON.stringify(error);
  if (whole !== null) {
    let end = whole.length;
    for (const tail of TAILS) {
      const at = whole.indexOf(tail);
      if (at >= 0 && at < end) end = at;
    }
    return whole.slice(0, Math.min(end, 4 * ERROR_CHARS)).trim();
  }
  // 1.60.8 and 1.74.9 give a check that ran into its limit no error at all; with details off nobody gives any.
  const detailed = isObject(row) && Object.keys(row).some((key) => !BARE_FIELDS.has(key));
  return detailed ? TIMED_OUT : 'The gateway gives no reason (general_settings.health_check_details is off).';
}

/** Classes of LiteLLM whose status is certain; `BadRequestError` and `APIError` wear any. */
const STATUS_OF_CLASS: Record<string, number> = {
  AuthenticationError: 401,
  PermissionDeniedError: 403,
  NotFoundError: 404,
  Timeout: 408,
  RateLimitError: 429,
  InternalServerError: 500,
  ServiceUnavailableError: 503,
};

/** 1.60.8 and 1.74.9 have no `exception_status` (measured); the text tells, if anything does. */
function statusOf(row: unknown, head: string | null): number | null {
  const status = amount(field(row, 'exception_status'));
  if (status !== null) return status;
  if (head === null) return null;
  if (head === TIMED_OUT) return 408;
  const written = /(?:Error code: |"code": )(\d{3})\b/.exec(head);
  if (written !== null) return Number(written[1]);
  return STATUS_OF_CLASS[/^litellm\.(\w{1,40}):/.exec(head)?.[1] ?? ''] ?? null;
}
