/** Memory of the machine in bytes, where `/proc/meminfo` is missing: a program may take what is `available`. */
export async function readMemory(): Promise<{ totalBytes: number; availableBytes: number } | null> {
  try {
    const { mem } = await import('systeminformation');
    const { total, available } = await mem();
    return { totalBytes: total, availableBytes: available };
  } catch {
    return null;
  }
}
