/** Memory of the machine in bytes, where `/proc/meminfo` is missing: a program may take what is `available`. */
export async function readMemory(): Promise<{ totalBytes: number; availableBytes: number } | null> {
  try {
    const { default: systeminformation } = await import('systeminformation');
    const { total, available } = await systeminformation.mem();
    return { totalBytes: total, availableBytes: available };
  } catch {
    return null;
  }
}
