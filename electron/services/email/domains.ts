/** What mails to one recipient domain may take at once; 0: no limit of their own. */
export interface DomainLimits {
  readonly connections: number;
  readonly ratePerSecond: number;
}

interface Domain {
  open: number;
  /** When the next one may go. */
  freeTicks: number;
}

/** So many domains are remembered before those that are idle are forgotten. */
const manyDomains = 1_000;

/** The domain of a mail address, as far as limits go. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/**
 * Paces mails by the domain of their reader, so that a domain that takes few at a time does not hold up the others. `ticks`: milliseconds of a
 * clock that nobody sets.
 */
export function createDomains(ticks: () => number) {
  const domains = new Map<string, Domain>();

  function find(name: string): Domain {
    const known = domains.get(name);
    if (known) return known;
    if (domains.size >= manyDomains) {
      for (const [other, { open, freeTicks }] of domains) if (open === 0 && freeTicks <= ticks()) domains.delete(other);
    }
    const made = { open: 0, freeTicks: ticks() };
    domains.set(name, made);
    return made;
  }
  const isFull = ({ open }: Domain, { connections }: DomainLimits): boolean => connections > 0 && open >= connections;
  const isPaced = ({ freeTicks }: Domain, { ratePerSecond }: DomainLimits): boolean => ratePerSecond > 0 && freeTicks > ticks();

  return {
    /** Books one mail to this domain, unless it must wait; who has booked it gives it back. */
    take(name: string, limits: DomainLimits): boolean {
      const domain = find(name);
      if (isFull(domain, limits) || isPaced(domain, limits)) return false;
      domain.open += 1;
      if (limits.ratePerSecond > 0) {
        const interval = 1000 / limits.ratePerSecond;
        // Who comes a little late does not put off all that follow; who comes after a rest gets one more.
        domain.freeTicks = Math.max(domain.freeTicks, ticks() - interval) + interval;
      }
      return true;
    },
    giveBack(name: string): void {
      find(name).open -= 1;
    },
    /** Domains to which nothing may go now. */
    blocked: (limits: DomainLimits): string[] =>
      [...domains].flatMap(([name, domain]) => (isFull(domain, limits) || isPaced(domain, limits) ? [name] : [])),
    /** Milliseconds until the first of those that are paced may go on; Infinity where none is. */
    waitMs(limits: DomainLimits): number {
      const paced = [...domains.values()].filter((domain) => isPaced(domain, limits) && !isFull(domain, limits));
      return Math.min(...paced.map(({ freeTicks }) => freeTicks - ticks()));
    },
  };
}
