import type { Probe, ProbeTarget } from '../../services/network/networkPorts.ts';
import { askTime, BadTime } from './askTime.ts';
import { dnsFailureOf, failureOf, nothing } from './probeFailures.ts';
import { resolveNames } from './resolveNames.ts';
import { step } from './step.ts';

const answerMs = 2_000;

/** Follows the way to a time server: DNS, then one question by UDP to its first address. Never rejects. */
export async function probeTime({ host, port }: Pick<ProbeTarget, 'host' | 'port'>, signal: AbortSignal): Promise<Probe> {
  let addresses: string[];
  try {
    addresses = await step(signal, (within) => resolveNames(host, within));
  } catch (error) {
    return { ...nothing, failure: dnsFailureOf(error) };
  }
  try {
    const [address = host] = addresses;
    const { offsetMs, roundTripMs } = await step(signal, (within) => askTime({ address, port }, within), answerMs);
    return { ...nothing, addresses, connectMs: roundTripMs, clockMs: Math.round(offsetMs) };
  } catch (error) {
    return { ...nothing, addresses, failure: error instanceof BadTime ? 'time' : failureOf(error) };
  }
}
