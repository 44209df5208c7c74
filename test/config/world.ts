import type { CheckRule } from '../../src/config/file-schema.ts';
import type { SmallFile } from '../../src/config/small-file.ts';
import type { Flags } from '../../src/config/sources.ts';
import type { ConfigDeps } from '../../src/config/types.ts';
import { createScrub } from '../../src/text/scrub.ts';

export interface World {
  flags?: Flags;
  env?: Record<string, string>;
  /** By absolute path: a text, or what reading gives. */
  files?: Record<string, string | SmallFile>;
  home?: string | null;
  checkRule?: CheckRule;
}

/** A world of `/srv/gw` with the home `/home/u`, whose files are those given. */
export function world({ env = {}, files = {}, home = '/home/u', checkRule = () => null }: World): ConfigDeps {
  return {
    env,
    cwd: '/srv/gw',
    home,
    readFile(path) {
      const file = files[path];
      if (file === undefined) return { kind: 'missing' };
      return typeof file === 'string' ? { kind: 'text', text: file, readableByOthers: false, foreign: false } : file;
    },
    scrub: createScrub([]),
    loadCheckRule: async () => checkRule,
  };
}
