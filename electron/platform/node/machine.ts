import { availableParallelism, release, totalmem, type, version } from 'node:os';
import type { Machine } from '../../services/requirements/requirementPorts.ts';

/** This computer, its system and the Node that runs us. */
export function machine(): Machine {
  return {
    architecture: process.arch,
    platform: process.platform,
    release: release(),
    // Elsewhere it tells how the kernel was built.
    system: process.platform === 'win32' ? version() : type(),
    // In a container its own limit counts, where there is one.
    memoryBytes: Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY),
    processors: availableParallelism(),
    node: process.versions.node,
  };
}
