import type { Probe } from '../../services/network/networkPorts.ts';
import { codeOf } from './step.ts';

/** What is known before the first step. */
export const nothing: Probe = { addresses: [], connectMs: null, tls: null, http: null, clockMs: null, failure: null, proxy: null };

export const dnsFailureOf = (error: unknown) => (codeOf(error) === 'ETIMEDOUT' || codeOf(error) === 'EAI_AGAIN' ? 'dns-silent' : 'dns');

export function failureOf(error: unknown): NonNullable<Probe['failure']> {
  if (codeOf(error) === 'ECONNREFUSED') return 'refused';
  return codeOf(error) === 'ETIMEDOUT' ? 'timeout' : 'unreachable';
}
