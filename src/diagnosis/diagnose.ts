import type { SafeText, Scrub } from '../text/safe-text.ts';
import { createScrub, literal } from '../text/scrub.ts';
import { CATALOGUE, classFacts } from './catalogue.ts';
import { classify, type Verdict } from './classify.ts';
import { fingerprint } from './fingerprint.ts';
import { firstLine } from './first-line.ts';
import { providerNamed, readProvider } from './provider.ts';
import { type Case, fixFor, linkFor, severityFor } from './remedy.ts';
import { readEntity, readModel } from './subject.ts';
import { readWait, type Wait } from './times.ts';
import type { Diagnose, Diagnosis, DiagnosisInput, IgnoreLike, KnownClass, RuleLike } from './types.ts';
import { prepareRules } from './user-rules.ts';

const MAX_LINE = 500;
/** No waiting mends these: a time in their text is about something else. */
const NO_WAIT = new Set<KnownClass>([
  'AUTH_PROVIDER',
  'AUTH_GATEWAY',
  'MODEL_NOT_FOUND',
  'BAD_REQUEST',
  'CONTEXT_WINDOW',
  'CONTENT_POLICY',
  'RESOURCE',
  'STARTUP',
]);
const NO_TIME: Wait = { retryAfterS: null, resetAt: null };

/**
 * The one entry of diagnosis: a failure's text, its source and status in; `Diagnosis` out, null where nothing is wrong.
 * Pure, linear; reads at most 64 KiB of the text. `rules` and `ignore` are the user's and must have passed `checkRule`.
 */
export function createDiagnose(
  options: { rules?: readonly RuleLike[]; ignore?: readonly IgnoreLike[]; scrub?: Scrub } = {},
): Diagnose {
  const scrub = options.scrub ?? createScrub([]);
  const user = prepareRules(options.rules ?? [], options.ignore ?? []);
  const hasUser = (options.rules?.length ?? 0) + (options.ignore?.length ?? 0) > 0;
  if (!hasUser)
    return (input) => {
      const verdict = classify(input);
      return verdict === null ? null : describe(verdict, input, scrub);
    };
  const diagnose: Diagnose = (input) => {
    if (user.ignored(input.text, input.source)) return null;
    const before = user.before(input.text, input.source);
    if (before) return byUser(before, input, scrub);
    const verdict = classify(input);
    if (verdict === null || verdict.class === 'UNKNOWN') {
      const after = user.after(input.text, input.source);
      if (after) return byUser(after, input, scrub);
    }
    return verdict === null ? null : describe(verdict, input, scrub);
  };
  diagnose.rulesOf = ({ text, source }) => user.keyOf(text, source);
  return diagnose;
}

function describe(verdict: Verdict, input: DiagnosisInput, scrub: Scrub): Diagnosis {
  const { opened } = verdict;
  const provider = readProvider({
    token: opened.message.providerToken,
    routed: opened.message.routed,
    urls: opened.flat.urls,
    text: opened.flat.text,
    known: input.provider ?? null,
    knownModel: input.model ?? null,
  });
  const model = maybe(readModel(input.model, opened), scrub, 120);
  const entity = maybe(readEntity(verdict.class, opened, verdict.text), scrub, 120);
  const wait = NO_WAIT.has(verdict.class) ? NO_TIME : readWait(verdict.text, input.now ?? null);
  const item: Case = {
    class: verdict.class,
    provider,
    model,
    entity,
    retryAfterS: wait.retryAfterS,
    urls: opened.flat.urls,
    probeArtefact: verdict.probeArtefact,
    ownKey: input.source === 'probe',
  };
  const url = linkFor(item);
  const name = provider?.id ?? input.provider ?? null;
  return {
    class: verdict.class,
    family: classFacts(verdict.class)?.family ?? 'PLATFORM',
    severity: severityFor(item),
    confidence: verdict.confidence,
    provider: provider ? literal(provider.id) : maybe(name, scrub),
    model,
    entity,
    retryAfterS: wait.retryAfterS,
    resetAt: wait.resetAt,
    // our own words, and parts that are safe already
    fix: literal(fixFor(item)),
    url: maybe(url, scrub),
    fingerprint: fingerprint([verdict.class, name, model], opened.flat.text),
    // words of the lexicon, as they stand in the text
    why: literal(cut(verdict.why)),
    text: scrub(firstLine(verdict.text, opened.message.body), MAX_LINE),
    probeArtefact: verdict.probeArtefact,
    ruled: false,
  };
}

function cut(text: string): string {
  return text.length > 160 ? text.slice(0, 160) : text;
}

function maybe(text: string | null, scrub: Scrub, maxChars?: number): SafeText | null {
  return text === null ? null : scrub(text, maxChars);
}

/** A diagnosis by a rule of the user's own: what the rule leaves open comes from the class, where it is a known one. */
function byUser(rule: RuleLike, input: DiagnosisInput, scrub: Scrub): Diagnosis {
  const verdict = classify(input);
  const base = verdict === null ? null : describe(verdict, input, scrub);
  const facts = classFacts(rule.class);
  const wait = readWait(input.text, input.now ?? null);
  const provider = base?.provider ?? maybe(providerNamed(input.provider)?.id ?? input.provider ?? null, scrub);
  const item: Case = {
    class: rule.class,
    provider: providerNamed(provider),
    model: base?.model ?? input.model ?? null,
    entity: base?.entity ?? null,
    retryAfterS: wait.retryAfterS,
    urls: [],
    probeArtefact: false,
    ownKey: false,
  };
  const url = rule.url?.startsWith('https://') ? rule.url : linkFor(item);
  return {
    class: rule.class,
    family: facts?.family ?? 'PLATFORM',
    severity: rule.severity,
    confidence: 'high',
    provider,
    model: maybe(item.model, scrub, 120),
    entity: base?.entity ?? null,
    retryAfterS: wait.retryAfterS,
    resetAt: wait.resetAt,
    fix: scrub(
      rule.fix ?? (facts ? fixFor(item) : 'No step is written for this rule: add `fix:` to it in the config file.'),
    ),
    url: maybe(url, scrub),
    fingerprint: fingerprint([rule.class, provider, item.model], input.text),
    why: scrub(`your rule: ${rule.match}`, 160),
    text: base?.text ?? scrub(firstLine(input.text, input.text), MAX_LINE),
    probeArtefact: false,
    ruled: true,
  };
}

/** What can be said of one more of a failure whose own text says nothing. */
export function bareDiagnosis(of: Pick<Diagnosis, 'class' | 'severity' | 'confidence' | 'fingerprint'>): Diagnosis {
  const facts = classFacts(of.class) ?? CATALOGUE.UNKNOWN;
  const nothing = { provider: null, model: null, entity: null, retryAfterS: null };
  return {
    ...of,
    ...nothing,
    family: facts.family,
    resetAt: null,
    fix: literal(fixFor({ ...nothing, class: of.class, urls: [], probeArtefact: false, ownKey: false })),
    url: null,
    why: literal('one more of its kind'),
    text: literal(facts.meaning),
    probeArtefact: false,
    ruled: false,
  };
}
