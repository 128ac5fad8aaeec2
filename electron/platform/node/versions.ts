import { arch, cpus, freemem, hostname, platform, release, totalmem, uptime, version } from 'node:os';
import { statfsSync } from 'node:fs';

/** What runs here, and on what: versions, processor, memory, disk of the data folder. */
export function readVersions(product: string, host: string, dataFolder: string): Record<string, unknown> {
  const [cpu] = cpus();
  const disk = statfsSync(dataFolder);
  return {
    product,
    host,
    computer: hostname(),
    system: { platform: platform(), release: release(), version: version(), arch: arch(), uptimeSeconds: Math.round(uptime()) },
    processor: { model: cpu?.model ?? '', cores: cpus().length },
    memory: { totalBytes: totalmem(), freeBytes: freemem(), process: process.memoryUsage() },
    disk: { totalBytes: disk.blocks * disk.bsize, freeBytes: disk.bavail * disk.bsize },
    runtime: process.versions,
    uptimeSeconds: Math.round(process.uptime()),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    writtenAt: new Date().toISOString(),
  };
}
