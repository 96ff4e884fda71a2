/** What a host gives to others of the processors a virtual machine believes it has. */
import { existsSync, readFileSync } from 'node:fs';

const STAT = '/proc/stat';

/** Ticks since the system started: wanted by somebody here, and those of them that the host did not give. https://man7.org/linux/man-pages/man5/proc_stat.5.html */
function read(): { wanted: number; stolen: number } {
  const [line = ''] = existsSync(STAT) ? readFileSync(STAT, 'utf8').split('\n') : [];
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, stolen = 0] = line.split(/\s+/).slice(1).map(Number);
  return { wanted: user + nice + system + irq + softirq + stolen, stolen };
}

/** @returns the percentage from now until it is called; NaN where the system does not say */
export function watchStolen(): () => number {
  const before = read();
  return () => {
    const now = read();
    return (100 * (now.stolen - before.stolen)) / (now.wanted - before.wanted);
  };
}
