import { announcesRetry, isTalk, type Leave, leaveForLine } from './benign.ts';
import { contextFacts, type Opened } from './context.ts';
import { classOfAccess, MAX_TEXT, type OpenedText, open } from './open.ts';
import { compileRules, firstMatch } from './rules/match.ts';
import type { Rule } from './rules/rule.ts';
import { RULES } from './rules/table.ts';
import { signsOf } from './text-signs.ts';
import { CLASSES_OF_FAMILY, type Confidence, type DiagnosisInput, type KnownClass } from './types.ts';
import { splitRecords } from './unwrap/split.ts';
import { saysFailure, weakClass } from './weak.ts';
import { isHit } from './words/hits.ts';
import { conceptIndex } from './words/lexicon.ts';
import { addFact, type Scan, scan } from './words/scan.ts';

const rules = compileRules(RULES);
/** A retry that is announced is no failure yet for these. */
const TRANSIENT = new Set<KnownClass>([
  'RATE_LIMIT',
  'TIMEOUT',
  'CONNECTION',
  'PROVIDER_DOWN',
  'BAD_REQUEST',
  'MODEL_NOT_FOUND',
  'CONTEXT_WINDOW',
  'CONTENT_POLICY',
  'NO_DEPLOYMENTS',
]);
/** At WARNING these are remarks, not failures, unless a provider or a class of exception is named. */
const REMARK = new Set<KnownClass>([
  'MODEL_NOT_FOUND',
  'BAD_REQUEST',
  'CONTEXT_WINDOW',
  'CONTENT_POLICY',
  'PROVIDER_DOWN',
  'TIMEOUT',
  'CONNECTION',
  'STARTUP',
  'PERMISSION',
]);

export interface Verdict {
  class: KnownClass;
  confidence: Confidence;
  why: string;
  probeArtefact: boolean;
  opened: Opened;
  /** The failure's text as it was unwrapped, not yet flattened. */
  text: string;
}

/** Class of a failure text, or null where nothing is wrong. Pure. */
export function classify(input: DiagnosisInput): Verdict | null {
  const whole = classifyOne(input);
  const sure = whole !== null && whole.class !== 'UNKNOWN';
  if (sure || !isLine(input) || !input.text.includes('\n')) return whole;
  // several records pasted together: the failure may stand behind another line
  const parts = splitRecords(input.text.length > MAX_TEXT ? input.text.slice(0, MAX_TEXT) : input.text);
  return parts.length < 2 ? whole : (surest(parts.map((text) => classifyOne({ ...input, text }))) ?? whole);
}

/** The verdict of the highest confidence; of equals the first. */
function surest(verdicts: readonly (Verdict | null)[]): Verdict | null {
  let best: Verdict | null = null;
  for (const one of verdicts)
    if (one !== null && (best === null || RANK[one.confidence] > RANK[best.confidence])) best = one;
  return best;
}
const RANK: Record<Confidence, number> = { low: 0, medium: 1, high: 2 };

function isLine(input: DiagnosisInput): boolean {
  return input.source === 'log' || input.source === 'system';
}

function classifyOne(input: DiagnosisInput): Verdict | null {
  const opening = open(input);
  if (opening.kind === 'fine') return null;
  const { opened, text, signs } = opening;
  const verdict = (name: KnownClass, confidence: Confidence, why: string, probeArtefact = false): Verdict => ({
    class: name,
    confidence,
    why,
    probeArtefact,
    opened,
    text,
  });
  if (opened.access !== null) {
    const { method, path, status } = opened.access;
    const name = classOfAccess(method, path, status);
    return name === null ? null : verdict(name, 'low', `${method} answered ${status}`);
  }
  const leave: Leave = isLine(input) ? lineLeave(input, opening) : answerLeave(input, opened, text);
  if (leave === 'never') return null;
  const facts = contextFacts(opened, text, signs);
  const words = scan(opened.flat.text);
  for (const fact of facts) addFact(words, fact);
  const match = firstMatch(rules, words);
  if (match !== null && holds(match.rule, leave, words, opened, text)) {
    return verdict(
      match.rule.class,
      // a 402 says it as surely as a field does
      match.rule.class === 'CREDITS' && facts.includes('@status402') ? 'high' : (match.rule.confidence ?? 'medium'),
      quote(words, match.spans),
      match.rule.artefact === true,
    );
  }
  if (leave !== 'any') return null;
  const weak = weakClass(facts);
  if (weak !== null) return verdict(weak.class, 'low', weak.why);
  return isLine(input) || saysFailure(input, opened, words, text, signs)
    ? verdict('UNKNOWN', 'low', 'no rule knows it')
    : null;
}

/** Weaker leave asks for more: a structural sign, or words that say that something failed. */
function holds(rule: Rule, leave: Leave, words: Scan, opened: Opened, text: string): boolean {
  if (opened.process === 'kernel' || opened.process === 'systemd-coredump')
    return rule.confidence === 'high' && KERNEL.has(rule.class) && (rule.class === 'RESOURCE' || MINE.test(text));
  if (leave === 'structural') return rule.confidence === 'high' || (PLATFORM.has(rule.class) && FAILED.test(text));
  if (leave === 'any' || (rule.class === 'RESOURCE' && rule.confidence === 'high')) return true;
  if (TRANSIENT.has(rule.class) && announcesRetry(text)) return false;
  if (leave === 'formed') return true;
  if (opened.message.keyCheck && rule.class === 'AUTH_GATEWAY') return true;
  if (REMARK.has(rule.class) && !opened.said && opened.message.classes.length === 0) return false;
  if (rule.class === 'NO_DEPLOYMENTS' && rule.confidence === 'high') return true;
  return FAILURE.some((concept) => isHit(words.hits, concept));
}
const FAILURE = ['fail', 'exceeded', 'credBad', 'whoFails', 'timeoutSure', 'denied'].map(conceptIndex);
const FAILED =
  /\b(?:failed|failure|failing|cannot|can't|could not|unable|refused|denied|exited|fatal|panic|killed|not found|invalid|unreachable|econn\w{3,10}|ehostunreach|etimedout|no answer|not responding|did not answer|timed out|unhealthy|aborted|crashed|died|exhausted|corrupt|missing|no such file|refusing|discarded|exiting)\b/i;
const PLATFORM = new Set<KnownClass>(CLASSES_OF_FAMILY.PLATFORM);
/** Programs of the gateway: what else crashes on its host is not its trouble. */
const MINE = /python|litellm|uvicorn|gunicorn|hypercorn|granian|prisma|query-engine/i;
const KERNEL = new Set<KnownClass>(['RESOURCE', 'SERVER']);

function lineLeave(input: DiagnosisInput, { record, opened, text, signs }: OpenedText): Leave {
  const { message } = record;
  return leaveForLine(
    record,
    opened,
    input.source === 'system',
    (input.status ?? 0) >= 400,
    message === text ? signs : signsOf(message),
  );
}

/** An answer with a good status and no words of failure is no event; an empty one neither. */
function answerLeave(input: DiagnosisInput, opened: Opened, text: string): Leave {
  if (input.failed === true) return 'any';
  if (/^\W{0,4}(?:I'm alive|healthy|ok|pong|alive|success)\W{0,4}$/i.test(text)) return 'never';
  if (text.trim() === '' && !(input.status && input.status >= 400)) return 'never';
  if (opened.prose && !(input.status && input.status >= 400) && isTalk(text)) return 'never';
  if (input.status && input.status < 400 && !/error|exception|fail/i.test(text)) return 'never';
  return 'any';
}

function quote(words: Scan, spans: readonly (readonly [number, number])[]): string {
  let made = '';
  for (const [first, last] of spans) {
    const part = first < 0 ? '' : words.text.slice(words.starts[first], words.ends[last]);
    if (part !== '' && !(made.includes(part) && made.split(AND).includes(part)))
      made += made === '' ? part : AND + part;
  }
  return made === '' ? 'its type' : made;
}
const AND = ' + ';
