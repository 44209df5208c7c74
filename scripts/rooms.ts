import { readFileSync, writeFileSync } from 'node:fs';

/**
 * The order of the rooms under `src/`, lowest first: a room may import the rooms of earlier ranks, never one of its own
 * rank or a later one. `node scripts/rooms.ts --write` turns this table into lint rules in `biome.json`.
 */
export const RANKS: readonly (readonly string[])[] = [
  ['text'],
  ['diagnosis'],
  ['config', 'host', 'gateway', 'logs'],
  ['alerts'],
  ['watch'],
  ['history', 'report', 'demo'],
  ['terminal'],
  ['cli'],
];

const FACES = {
  group: ['react', 'react/*', 'ink', 'ink/*', '**/components/**', '**/hooks/**'],
  message: 'src/ is free of React: faces import the core, never the reverse.',
};

/** The lint overrides that RANKS stands for, one a room. */
export function roomOverrides(): object[] {
  return RANKS.flatMap((rank, index) =>
    rank.map((room) => {
      const barred = RANKS.slice(index)
        .flat()
        .filter((other) => other !== room);
      const patterns: object[] = [FACES];
      if (barred.length > 0) {
        patterns.push({
          group: barred.map((other) => `**/${other}/**`),
          message: `The room "${room}" may import only rooms below it (scripts/rooms.ts).`,
        });
      }
      return override([`src/${room}/**`], patterns);
    }),
  ).concat([override(['src/*.ts'], [FACES])]);
}

function override(includes: string[], patterns: object[]): object {
  const rule = { level: 'error', options: { patterns } };
  return { includes, linter: { rules: { style: { noRestrictedImports: rule } } } };
}

if (process.argv.includes('--write')) {
  const config = JSON.parse(readFileSync('biome.json', 'utf8'));
  config.overrides = [
    ...roomOverrides(),
    ...config.overrides.filter((entry: { includes: string[] }) => !entry.includes[0]?.startsWith('src/')),
  ];
  writeFileSync('biome.json', `${JSON.stringify(config, null, 2)}\n`);
}
