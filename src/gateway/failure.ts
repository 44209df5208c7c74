import type { Scrub } from '../text/safe-text.ts';
import type { Fault, FaultKind } from './fault.ts';
import type { FailureCode, GatewayFailure } from './types.ts';

/*
 * Failures below HTTP: a fault to a code and two sentences. What came from outside goes through `scrub` with the rest.
 */

interface Wording {
  code: FailureCode;
  text: (where: string, fault: Fault) => string;
  next: (where: string) => string;
}

const CHECK_URL = 'Check --url (or --host and --port): another program may be on that port.';
const LOOK_AT_LOG = 'Look at the end of its log and whether its process is alive and has CPU.';

const WORDINGS: Record<FaultKind, Wording> = {
  'dns-unknown': {
    code: 'DNS',
    text: (where) => `The host name of ${where} does not exist.`,
    next: () => 'Correct the host in --url, or the name in DNS or /etc/hosts.',
  },
  'dns-timeout': {
    code: 'DNS',
    text: (where, fault) => `Resolving the host name of ${where} took longer than ${seconds(fault.afterMs)}.`,
    next: () => 'Check the resolver of this machine (/etc/resolv.conf), or put an address into --url.',
  },
  'dns-failed': {
    code: 'DNS',
    text: (where, fault) => `The host name of ${where} could not be resolved (${fault.detail || 'resolver failure'}).`,
    next: () => 'Check the resolver of this machine (/etc/resolv.conf), or put an address into --url.',
  },
  refused: {
    code: 'REFUSED',
    text: (where) => `Nothing listens on ${where}: connection refused.`,
    next: () => 'Start the gateway, or correct --port if it listens elsewhere.',
  },
  unreachable: {
    code: 'REFUSED',
    text: (where, fault) => `There is no route to ${where} (${fault.detail}).`,
    next: () => 'Check the network of this machine, the address in --url and the firewall.',
  },
  'connect-timeout': {
    code: 'CONNECT_TIMEOUT',
    text: (where, fault) => `${where} did not accept a connection within ${seconds(fault.afterMs)}.`,
    next: () => 'Check the firewall and that the host is up; a full accept queue looks the same.',
  },
  'connect-reset': {
    code: 'RESET',
    text: (where) => `${where} reset the connection while it was being opened.`,
    next: () => LOOK_AT_LOG,
  },
  'own-limit': {
    code: 'ABORTED',
    text: (where, fault) => `This watchtower could not open a connection to ${where} (${fault.detail}): its own limit.`,
    next: () => 'Raise the limit of open files (ulimit -n) of the watchtower; this says nothing about the gateway.',
  },
  'tls-plain-port': {
    code: 'TLS',
    text: (where) => `${where} does not speak TLS, but the URL says https.`,
    next: (where) => `Try http: --url http://${where}`,
  },
  'tls-wanted': {
    code: 'TLS',
    text: (where) => `${where} speaks TLS, but the URL says http.`,
    next: (where) => `Try https: --url https://${where}`,
  },
  'tls-untrusted': {
    code: 'TLS',
    text: (where, fault) => `The certificate of ${where} is self-signed or of an unknown authority (${fault.detail}).`,
    next: () => 'Set NODE_EXTRA_CA_CERTS to the file of that authority (PEM) and start again.',
  },
  'tls-expired': {
    code: 'TLS',
    text: (where) => `The certificate of ${where} has expired.`,
    next: () => 'Renew the certificate, and check the clock of this machine.',
  },
  'tls-not-yet-valid': {
    code: 'TLS',
    text: (where) => `The certificate of ${where} is not valid yet.`,
    next: () => 'Check the clock of this machine and the start date of the certificate.',
  },
  'tls-wrong-host': {
    code: 'TLS',
    text: (where) => `The certificate of ${where} is for another host name.`,
    next: () => 'Use the name in the certificate in --url, or issue one for this name.',
  },
  'tls-timeout': {
    code: 'TLS',
    text: (where, fault) => `${where} accepted the connection but no TLS handshake within ${seconds(fault.afterMs)}.`,
    next: (where) => `Try http: --url http://${where}`,
  },
  'tls-failed': {
    code: 'TLS',
    text: (where, fault) => `The TLS handshake with ${where} failed${fault.detail ? ` (${fault.detail})` : ''}.`,
    next: (where) => `Check protocol and cipher settings of the server, or try --url http://${where}`,
  },
  'closed-silent': {
    code: 'RESET',
    text: (where) => `${where} closed the connection without answering.`,
    next: () => LOOK_AT_LOG,
  },
  reset: {
    code: 'RESET',
    text: (where) => `${where} reset the connection before its answer was complete.`,
    next: () => LOOK_AT_LOG,
  },
  'first-byte': {
    code: 'FIRST_BYTE_TIMEOUT',
    text: (where, fault) => `${where} accepted the request but stayed silent for ${seconds(fault.afterMs)}.`,
    next: () => 'The process hangs or is overloaded: look at its CPU and its log, then restart it.',
  },
  'drip-head': {
    code: 'DEADLINE',
    text: (where, fault) => `${where} was still sending headers after ${seconds(fault.afterMs)}.`,
    next: () => CHECK_URL,
  },
  'body-idle': {
    code: 'BODY_TIMEOUT',
    text: (where, fault) => `${where} began to answer and then sent nothing for ${seconds(fault.afterMs)}.`,
    next: () => LOOK_AT_LOG,
  },
  deadline: {
    code: 'DEADLINE',
    text: (where, fault) => `The answer of ${where} was not complete within ${seconds(fault.afterMs)}.`,
    next: () => LOOK_AT_LOG,
  },
  'too-large': {
    code: 'BODY_TOO_LARGE',
    text: (where, fault) => `The answer of ${where} is larger than ${mebibytes(fault.detail)}; reading stopped there.`,
    next: () => CHECK_URL,
  },
  'cut-off': {
    code: 'PROTOCOL',
    text: (where) => `${where} closed the connection in the middle of its answer.`,
    next: () => LOOK_AT_LOG,
  },
  'bad-encoding': {
    code: 'PROTOCOL',
    text: (where, fault) => `The answer of ${where} cannot be decompressed (${fault.detail}).`,
    next: () => 'Check what stands between the watchtower and the gateway: it garbles compressed answers.',
  },
  protocol: {
    code: 'PROTOCOL',
    text: (where, fault) => `${where} did not answer with HTTP/1.1${fault.detail ? ` (${fault.detail.trim()})` : ''}.`,
    next: () => CHECK_URL,
  },
  'bad-key': {
    code: 'KEY_REJECTED',
    text: () => 'The key or the name of its header holds characters that HTTP does not allow, so it was not sent.',
    next: () => 'Check the key for line breaks and letters outside ASCII, and --key-header for blanks.',
  },
  aborted: {
    code: 'ABORTED',
    text: () => 'The watchtower gave up asking.',
    next: () => 'Nothing to do: this says nothing about the gateway.',
  },
};

/** `where` is the shown address of the gateway, `localhost:4000`. */
export function failureOfFault(fault: Fault, where: string, scrub: Scrub): GatewayFailure {
  const wording = WORDINGS[fault.kind];
  return {
    code: wording.code,
    text: scrub(wording.text(where, fault), 300),
    detail: null,
    next: scrub(wording.next(where), 300),
    status: null,
    retryAfterS: null,
  };
}

function seconds(ms: number | null): string {
  return ms === null ? 'its limit' : `${Number((ms / 1000).toFixed(1))} s`;
}

function mebibytes(bytes: string | null): string {
  return `${Number((Number(bytes) / (1024 * 1024)).toFixed(1))} MiB`;
}
