import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The file of one of the demo's programs: beside the bundle, above a chunk of it, or the source itself. `from` is the
 * `import.meta.url` of who asks.
 */
export function programPath(name: 'gateway' | 'worker', from: string): string {
  const bundled = [`./demo-${name}.js`, `../demo-${name}.js`].map((path) => fileURLToPath(new URL(path, from)));
  return bundled.find((path) => existsSync(path)) ?? fileURLToPath(new URL(`./${name}.ts`, from));
}
