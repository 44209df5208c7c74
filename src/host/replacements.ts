import type { GatewayProcess, ProcessRole, Replacement } from './types.ts';

/** What a process was, for the comparison with the next look. */
type Identity = Pick<GatewayProcess, 'pid' | 'startTicks' | 'role'>;

/** When a look was taken, and what else it saw. */
interface Look {
  /** Wall time for the record, ms. */
  at: number;
  /** Clock for durations, ms. */
  mono: number;
  /** Tells a process that left the tree from one that ended. */
  isAlive: (pid: number, startTicks: number) => boolean;
  /** False when nothing listens: a gateway on its way out leaves the places of its workers empty. */
  listening: boolean;
}

export interface ReplacementLog {
  /** Compares the tree, master first, with the one before. */
  note(tree: readonly Identity[], look: Look): void;
  /** Those of the last minute. */
  recent(mono: number): Replacement[];
  /** The pid whose place this process took within the last minute; null otherwise. */
  replacedBy(pid: number, startTicks: number, mono: number): number | null;
}

/** A replacement is shown so long, and a gone worker waits so long for its successor, ms. */
const SHOWN_MS = 60_000;
/**
 * A place that stays empty so long is told as such, ms. gunicorn fills it within 1 s; uvicorn within 0.5 s, unless it waits
 * up to 5 s for another worker's answer, which a starved machine makes it do.
 */
const EMPTY_MS = 1_500;

const COUNTED: readonly ProcessRole[] = ['worker', 'query-engine'];

interface Gone {
  pid: number;
  role: ProcessRole;
  since: number;
  told: boolean;
}

interface Kept extends Replacement {
  since: number;
  newTicks: number | null;
}

export function createReplacementLog(): ReplacementLog {
  let before: readonly Identity[] = [];
  let gone: Gone[] = [];
  let goneMaster: Identity | null = null;
  let kept: Kept[] = [];

  const keep = (role: ProcessRole, gonePid: number, heir: Identity | null, at: number, since: number): void => {
    kept.push({ at, role, gonePid, newPid: heir?.pid ?? null, since, newTicks: heir?.startTicks ?? null });
  };

  const fillPlaces = (role: ProcessRole, tree: readonly Identity[], { at, mono, listening }: Look): void => {
    const heirs = tree.filter((one) => one.role === role && !before.some((old) => isSame(old, one)));
    for (const place of gone.filter((one) => one.role === role)) {
      const heir = heirs.shift();
      if (heir !== undefined) {
        gone = gone.filter((one) => one !== place);
        // Who took the place is told instead of that nobody did.
        kept = kept.filter((one) => one.gonePid !== place.pid || one.newPid !== null);
        keep(role, place.pid, heir, at, mono);
      } else if (listening && !place.told && mono - place.since >= EMPTY_MS) {
        place.told = true;
        keep(role, place.pid, null, at, mono);
      }
    }
  };

  return {
    note(tree, look) {
      const { at, mono, isAlive } = look;
      gone = gone.filter((one) => mono - one.since < SHOWN_MS);
      kept = kept.filter((one) => mono - one.since < SHOWN_MS);
      const [master, oldMaster] = [tree[0] ?? null, before[0] ?? null];
      if (oldMaster !== null && (master === null || !isSame(oldMaster, master))) {
        // The whole gateway went: its workers' ends are no news of their own.
        if (!isAlive(oldMaster.pid, oldMaster.startTicks)) goneMaster = oldMaster;
        gone = [];
      } else if (master !== null) {
        for (const old of before) {
          if (!COUNTED.includes(old.role) || tree.some((one) => isSame(old, one))) continue;
          if (!isAlive(old.pid, old.startTicks)) gone.push({ pid: old.pid, role: old.role, since: mono, told: false });
        }
        for (const role of COUNTED) fillPlaces(role, tree, look);
      }
      if (goneMaster !== null && master !== null) {
        keep('master', goneMaster.pid, master, at, mono);
        goneMaster = null;
      }
      before = tree.map(({ pid, startTicks, role }) => ({ pid, startTicks, role }));
    },
    recent: (mono) =>
      kept
        .filter((one) => mono - one.since < SHOWN_MS)
        .map(({ at, role, gonePid, newPid }) => ({ at, role, gonePid, newPid })),
    replacedBy(pid, startTicks, mono) {
      const place = kept.findLast(
        (one) => one.newPid === pid && one.newTicks === startTicks && mono - one.since < SHOWN_MS,
      );
      return place?.gonePid ?? null;
    },
  };
}

function isSame(one: Identity, other: Identity): boolean {
  return one.pid === other.pid && one.startTicks === other.startTicks;
}
