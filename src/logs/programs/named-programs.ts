import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { containerProgram } from './container.ts';
import { journalProgram } from './journal.ts';
import { type ProgramSource, programSource } from './program-source.ts';

export interface NamedProgram {
  /** Where its position is kept. */
  path: string;
  source(position?: string | null): ProgramSource;
}

/** The journal and the container that the user named. A unit that only the user's own manager knows is written `user:NAME`. */
export function namedPrograms(
  { journal, container }: { journal: string | null; container: string | null },
  follow: boolean,
): NamedProgram[] {
  const programs = [
    ...(journal === null
      ? []
      : [() => journalProgram(journal.replace(/^user:/, ''), { follow, user: journal.startsWith('user:') })]),
    ...(container === null
      ? []
      : [
          () =>
            containerProgram(container, {
              follow,
              command: isOnPath('docker') || !isOnPath('podman') ? 'docker' : 'podman',
            }),
        ]),
  ];
  return programs.map((make) => ({
    path: make().name,
    source: (position = null) => programSource(make(), { follow, position }),
  }));
}

function isOnPath(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)));
}
