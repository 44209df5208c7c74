/**
 * How an exchange failed below HTTP. `failure.ts` turns each kind into a code and two sentences; this type only
 * says what happened, with raw details that are not yet safe to show.
 */
export type FaultKind =
  | 'dns-unknown'
  | 'dns-timeout'
  | 'dns-failed'
  | 'refused'
  | 'unreachable'
  | 'connect-timeout'
  | 'connect-reset'
  | 'own-limit'
  | 'tls-plain-port'
  | 'tls-wanted'
  | 'tls-untrusted'
  | 'tls-expired'
  | 'tls-not-yet-valid'
  | 'tls-wrong-host'
  | 'tls-timeout'
  | 'tls-failed'
  | 'closed-silent'
  | 'reset'
  | 'first-byte'
  | 'drip-head'
  | 'body-idle'
  | 'deadline'
  | 'too-large'
  | 'cut-off'
  | 'bad-encoding'
  | 'protocol'
  | 'bad-key'
  | 'aborted';

export interface Fault {
  kind: FaultKind;
  /** Raw, unscrubbed: an error message, or the first bytes of what was sent instead of HTTP. */
  detail: string | null;
  /** The budget that ran out, ms; null where none did. */
  afterMs: number | null;
}

export type Phase = 'dns' | 'connect' | 'tls' | 'head' | 'body';

/** An `Error` that carries a fault through undici and promises. */
export type FaultError = Error & { readonly fault: Fault };

export function fault(kind: FaultKind, detail: string | null = null, afterMs: number | null = null): Fault {
  return { kind, detail, afterMs };
}

/** `code` must not be one that undici treats as recoverable (`UND_ERR_SOCKET`, `UND_ERR_INFO`): it would dial for ever. */
export function faultError(from: Fault): FaultError {
  return Object.assign(new Error(from.kind), { fault: from, code: 'WATCHTOWER_FAULT' });
}

const CERTIFICATE_FAULTS: Record<string, FaultKind> = {
  CERT_HAS_EXPIRED: 'tls-expired',
  CERT_NOT_YET_VALID: 'tls-not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-wrong-host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-untrusted',
  CERT_UNTRUSTED: 'tls-untrusted',
  CERT_SIGNATURE_FAILURE: 'tls-untrusted',
};

const NOT_TLS = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_UNKNOWN_PROTOCOL',
  'ERR_SSL_HTTP_REQUEST',
]);

const OWN_LIMITS = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL']);

interface Coded {
  code?: unknown;
  name?: unknown;
  message?: unknown;
  cause?: unknown;
  data?: unknown;
  fault?: Fault;
}

/** Names the fault behind any error that Node's net, tls, dns and zlib or undici raise in `phase`. */
export function faultOf(error: unknown, phase: Phase): Fault {
  const coded = (typeof error === 'object' && error !== null ? error : {}) as Coded;
  if (coded.fault !== undefined) return coded.fault;
  const code = typeof coded.code === 'string' ? coded.code : '';
  const message = typeof coded.message === 'string' ? coded.message : '';
  if (OWN_LIMITS.has(code)) return fault('own-limit', code);
  const named = byCode(code, coded, phase, message);
  if (named !== null) return named;
  if (typeof coded.cause === 'object' && coded.cause !== null) return faultOf(coded.cause, phase);
  return phase === 'tls' ? fault('tls-failed', message || code) : fault('protocol', message || code || null);
}

function byCode(code: string, coded: Coded, phase: Phase, message: string): Fault | null {
  const certificate = CERTIFICATE_FAULTS[code];
  if (certificate !== undefined) return fault(certificate, code);
  if (NOT_TLS.has(code)) return fault('tls-plain-port', code);
  if (phase === 'dns') return fault(code === 'ENOTFOUND' || code === 'ENODATA' ? 'dns-unknown' : 'dns-failed', code);
  if (code === 'ECONNREFUSED') return fault('refused');
  if (code === 'ETIMEDOUT' || code === 'UND_ERR_CONNECT_TIMEOUT') return fault('connect-timeout');
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'EHOSTDOWN' || code === 'ENETDOWN') {
    return fault('unreachable', code);
  }
  if (coded.name === 'HTTPParserError' || code.startsWith('HPE_')) return parserFault(coded, message);
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return fault('cut-off', message);
  if (code.startsWith('Z_')) return fault('bad-encoding', code);
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED' || code === 'UND_ERR_SOCKET') {
    return brokenConnection(code, phase, message);
  }
  return null;
}

function brokenConnection(code: string, phase: Phase, message: string): Fault {
  // undici says 'bad response' through the same code when a peer opens with 1xx or an upgrade.
  if (message.startsWith('bad ')) return fault('protocol', message);
  if (phase === 'tls') return fault('tls-failed', 'the connection was closed during the handshake');
  if (phase === 'connect') return fault('connect-reset');
  if (phase === 'body') return code === 'UND_ERR_SOCKET' ? fault('cut-off', message) : fault('reset');
  return code === 'UND_ERR_SOCKET' ? fault('closed-silent') : fault('reset');
}

function parserFault(coded: Coded, message: string): Fault {
  const sent = coded.data === undefined || coded.data === null ? '' : String(coded.data);
  // 0x15 0x03 opens a TLS alert: the peer wanted TLS and was sent plain HTTP.
  if (sent.charCodeAt(0) === 0x15 && sent.charCodeAt(1) === 0x03) return fault('tls-wanted');
  return fault('protocol', sent === '' ? message : sent.slice(0, 80));
}
