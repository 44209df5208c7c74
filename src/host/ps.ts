/** A process as `ps` lists it. */
export interface ListedProcess {
  pid: number;
  ppid: number;
  argv: string[];
  /** Wall clock, ms; `ps` knows it to the second. */
  startedAt: number;
}

/** Every process of the machine, by one run of `ps`: for systems without `/proc`, at start, on loss and every 30 s. */
export async function listProcesses(): Promise<ListedProcess[]> {
  const { default: psList } = await import('ps-list');
  const listed = await psList();
  return listed.map(({ pid, ppid, cmd, name, startTime }) => ({
    pid,
    ppid,
    // `ps` joins the words by spaces: one with a space in it comes as two.
    argv: (cmd ?? name).split(' ').filter((word) => word !== ''),
    startedAt: startTime?.getTime() ?? 0,
  }));
}
