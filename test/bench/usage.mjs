/** Preloaded into a measured process: writes what it used, and what it noted, when it ends. */

import { readFileSync, writeFileSync } from 'node:fs';

/** Further figures, by name. */
export const notes = {};

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: peak(maxRSS), notes };
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify(usage));
});

/** Linux's own high-water mark, because maxRSS counts the parent's memory too until the program is loaded. */
function peak(maxRSS) {
  if (process.platform !== 'linux') return maxRSS * 1024;
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(kilobytes) * 1024;
}
