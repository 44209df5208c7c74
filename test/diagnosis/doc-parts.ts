import { CATALOGUE } from '../../src/diagnosis/catalogue.ts';
import { type Page, PROVIDERS } from '../../src/diagnosis/provider-facts.ts';
import { fixFor } from '../../src/diagnosis/remedy.ts';
import { RULES } from '../../src/diagnosis/rules/table.ts';
import { CLASSES_OF_FAMILY, type KnownClass } from '../../src/diagnosis/types.ts';
import { ENGLISH } from '../../src/diagnosis/words/english.ts';
import { FOREIGN } from '../../src/diagnosis/words/foreign.ts';

/** The parts of docs/diagnosis.md that are made from the code, by their name in the markers. */
export const DOC_PARTS: Record<string, () => string> = { classes, order, languages, providers };

function classes(): string {
  const rows = [...Object.values(CLASSES_OF_FAMILY).flat(), 'UNKNOWN' as const].map((name: KnownClass) => {
    const facts = CATALOGUE[name];
    return `| ${name} | ${facts.family} | ${facts.severity} | ${facts.meaning} | ${plain(name)} | ${facts.clears} |`;
  });
  return [
    '| Class | Family | Severity | Meaning | What to do | What clears it |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** The fix as it reads where nothing but the class is known. */
function plain(name: KnownClass): string {
  return fixFor({
    class: name,
    provider: null,
    model: null,
    entity: null,
    retryAfterS: null,
    urls: [],
    probeArtefact: false,
    ownKey: false,
  });
}

function order(): string {
  const steps: string[] = [];
  for (const { class: name } of RULES) if (steps.at(-1) !== name) steps.push(name);
  return steps.map((name, index) => `${index + 1}. ${name}`).join('\n');
}

function languages(): string {
  const words = (lists: Iterable<string>) => [...lists].reduce((sum, list) => sum + list.split(',').length, 0);
  const rows = FOREIGN.map(
    ([language, lists]) => `| ${language} | ${Object.keys(lists).length} | ${words(Object.values(lists))} |`,
  );
  return [
    '| Language | Concepts | Entries |',
    '|---|---|---|',
    `| English and codes | ${Object.keys(ENGLISH).length} | ${words(Object.values(ENGLISH))} |`,
    ...rows,
  ].join('\n');
}

function providers(): string {
  const page = (link: Page | null) =>
    link === null ? '-' : `${link.url} ${link.checked === null ? '(not checked)' : `(${link.checked})`}`;
  const rows = [...PROVIDERS]
    .filter(({ billing, keys }) => billing !== null || keys !== null)
    .map((one) => `| ${one.name} | \`${one.id}\` | ${page(one.billing)} | ${page(one.keys)} |`);
  const without = PROVIDERS.filter(({ billing, keys }) => billing === null && keys === null).map(
    ({ id }) => `\`${id}\``,
  );
  return [
    '| Provider | Id | Billing | Keys |',
    '|---|---|---|---|',
    ...rows,
    '',
    `No page is known for: ${without.join(', ')}.`,
  ].join('\n');
}

/** Puts the generated parts between their markers. */
export function fillDocument(text: string): string {
  return text.replace(
    /(<!-- generated: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, open: string, name: string, close: string) => `${open}${DOC_PARTS[name]?.() ?? ''}
${close}`,
  );
}
