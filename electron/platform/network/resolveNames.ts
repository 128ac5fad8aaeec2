import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

/**
 * The resolver of the operating system knows files and search domains, but holds one of the four threads that everything else of this
 * process needs too, for many seconds where DNS is silent. So few may be asked there at once.
 */
const mostSystemLookups = 2;
const dnsTryMs = 1_000;

let systemLookups = 0;
const waiting: (() => void)[] = [];

async function askSystem(host: string, signal: AbortSignal): Promise<string[]> {
  if (systemLookups >= mostSystemLookups) await new Promise<void>((resolve) => waiting.push(resolve));
  // Who was in the queue may not wait for the answer any more.
  if (signal.aborted) {
    waiting.shift()?.();
    throw signal.reason;
  }
  systemLookups += 1;
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } finally {
    systemLookups -= 1;
    waiting.shift()?.();
  }
}

/** Asks the DNS servers of this computer themselves, which costs no thread. Empty: they have no address, or are not to be asked. */
async function askDns(host: string, signal: AbortSignal): Promise<string[]> {
  if (!host.includes('.') || host.endsWith('.local')) return [];
  const resolver = new Resolver({ timeout: dnsTryMs, tries: 1 });
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel);
  try {
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/**
 * All addresses of a host, those of IPv4 first. Rejects with what the system's resolver throws (`ENOTFOUND` where the name is not known),
 * or with the signal's reason.
 */
export async function resolveNames(host: string, signal: AbortSignal): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  const answered = await askDns(host, signal);
  return answered.length > 0 ? answered : askSystem(host, signal);
}
