import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const docs = readdirSync('docs').filter((name) => name.endsWith('.md'));

describe('the documents', () => {
  it('name only paths that exist', () => {
    for (const name of [...docs.map((doc) => `docs/${doc}`), 'README.md']) {
      const text = readFileSync(name, 'utf8');
      const paths = [...text.matchAll(/`((?:src|components|hooks|scripts|test|docs|bench)\/[\w./-]*)`/g)].map(
        (match) => match[1] as string,
      );
      // A room that is proposed for later is named as a folder after the words "a room".
      const missing = paths.filter((path) => !existsSync(path) && !text.includes(`a room \`${path}\``));
      expect(missing, name).toEqual([]);
    }
  });

  it('give every dependency its reason', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const table = readFileSync('docs/dependencies.md', 'utf8');
    const named = new Set(
      [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap((match) => (match[1] as string).trim().split(', ')),
    );
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) expect(named, name).toContain(name);
  });

  it('and the sources hold no path of a machine and no address of a registry', () => {
    const places = ['README.md', ...docs.map((doc) => `docs/${doc}`), 'package.json', '.npmrc', 'package-lock.json'];
    for (const place of places) {
      const text = readFileSync(place, 'utf8');
      expect(text, place).not.toMatch(/\/(?:work|root|home\/\w+)\//);
      expect(text, place).not.toMatch(/registry\.npmjs|"resolved"/);
    }
  });
});
