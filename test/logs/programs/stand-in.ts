import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Stand-ins for journalctl and docker: programs of their names on a PATH of our own, which take the options of the real
 * ones, refuse others, and print what `lines.jsonl` in their folder holds behind the cursor.
 */
export interface StandIns {
  folder: string;
  /** What journalctl prints, an entry a line; or docker, a line a line. */
  journal(entries: readonly object[]): void;
  container(lines: readonly string[]): void;
  /** How often docker was started. */
  starts(): number;
  remove(): void;
}

const JOURNALCTL = `#!/usr/bin/env python3
import argparse, json, os, sys, time
p = argparse.ArgumentParser()
for name in ('--all', '--no-pager', '--follow', '--user'): p.add_argument(name, action='store_true')
for name in ('--unit', '--output', '--lines', '--after-cursor'): p.add_argument(name)
a = p.parse_args()
if a.output != 'json': sys.exit('output')
if a.unit == 'secret.service': sys.exit('No journal files were opened due to insufficient permissions.')
path = os.path.join(os.path.dirname(__file__), 'journal.jsonl')
seen, behind = 0, a.after_cursor is None
while True:
    entries = open(path).read().splitlines()
    for line in entries[seen:]:
        if behind: print(line, flush=True)
        if json.loads(line).get('__CURSOR') == a.after_cursor: behind = True
        if 'DIE' in line and a.after_cursor is None: sys.exit('Bad message')
    seen = len(entries)
    if not a.follow: break
    time.sleep(0.02)
`;

const DOCKER = `#!/usr/bin/env python3
import argparse, os, sys, time
p = argparse.ArgumentParser()
p.add_argument('command', choices=['logs'])
for name in ('--timestamps', '--follow'): p.add_argument(name, action='store_true')
for name in ('--tail', '--since'): p.add_argument(name)
p.add_argument('name')
a = p.parse_args()
open(os.path.join(os.path.dirname(__file__), 'starts'), 'a').write('.')
if a.name == 'nobody': sys.exit('Error response from daemon: No such container: nobody')
for index, line in enumerate(open(os.path.join(os.path.dirname(__file__), 'container.log')).read().splitlines()):
    if a.since is None or line >= a.since: print(line, file=sys.stderr if index % 2 else sys.stdout, flush=True)
while a.follow: time.sleep(0.05)
`;

export function standIns(): StandIns {
  const folder = mkdtempSync(join(tmpdir(), 'watchtower-programs-'));
  for (const [name, text] of [
    ['journalctl', JOURNALCTL],
    ['docker', DOCKER],
  ] as const) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  return {
    folder,
    journal: (entries) =>
      writeFileSync(join(folder, 'journal.jsonl'), entries.map((one) => `${JSON.stringify(one)}\n`).join('')),
    container: (lines) => writeFileSync(join(folder, 'container.log'), lines.map((line) => `${line}\n`).join('')),
    starts: () => (existsSync(join(folder, 'starts')) ? readFileSync(join(folder, 'starts'), 'utf8').length : 0),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
