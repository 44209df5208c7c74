import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseConfigFile } from '../../src/config/file-schema.ts';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import { checkRule } from '../../src/diagnosis/rules-check.ts';
import { DOC_PARTS, fillDocument } from './doc-parts.ts';

const PATH = 'docs/diagnosis.md';

describe('docs/diagnosis.md', () => {
  test('holds the generated parts as the code has them now (UPDATE_DOCS=1 writes them)', () => {
    const text = readFileSync(PATH, 'utf8');
    const filled = fillDocument(text);
    if (process.env.UPDATE_DOCS === '1') writeFileSync(PATH, filled);
    else expect(text).toBe(filled);
    for (const name of Object.keys(DOC_PARTS)) expect(text).toContain(`<!-- generated: ${name} -->`);
  });

  /** Each example: a block of YAML, then a block of lines `text => CLASS severity` or `text => nothing`. */
  const examples = [
    ...readFileSync(PATH, 'utf8').matchAll(
      /### (Example \d[^\n]*)\n[\s\S]*?```yaml\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/g,
    ),
  ];

  test('has three worked examples of rules', () => {
    expect(examples.length).toBe(3);
  });

  test.each(examples.map(([, title, yaml, cases]) => ({ title, yaml: yaml as string, cases: cases as string })))(
    '$title does what it says',
    async ({ yaml, cases }) => {
      const parsed = await parseConfigFile(yaml, async () => (rule) => {
        const checked = checkRule(rule);
        return checked.ok ? null : `${checked.why}; ${checked.hint}`;
      });
      expect(parsed.ok).toBe(true);
      if (!parsed.ok) return;
      const diagnose = createDiagnose({ rules: parsed.content.rules, ignore: parsed.content.ignore });
      const lines = cases.trim().split('\n');
      expect(lines.length).toBeGreaterThanOrEqual(2);
      for (const line of lines) {
        const [text = '', wanted = ''] = line.split(' => ');
        const found = diagnose({ text, source: 'log' });
        expect(found === null ? 'nothing' : `${found.class} ${found.severity}`, text).toBe(wanted);
      }
    },
  );
});
