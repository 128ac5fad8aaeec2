import type { ReadSummary } from '../../shared/contract/common.ts';
import { formatNumber } from './formatNumber.ts';

const cutText: Record<NonNullable<ReadSummary['cutBy']>, string> = {
  'display-limit': 'the limit you gave',
  'server-size-limit': 'the size limit of the server',
  'server-time-limit': 'the time limit of the server',
  'total-time-limit': 'the time limit for the whole read',
  'paging-stuck': 'the progress guard, because the server repeated itself',
  'connection-lost': 'a lost connection',
  cancelled: 'a cancel',
};

const strategyText: Readonly<Record<string, string>> = {
  members: 'direct members',
  'in-chain': 'nested groups followed by the server',
  walk: 'nested groups followed level by level',
};

/** How much a read of the directory brought, whether that was everything, how long it took and how members of groups were found. */
export function readText(read: ReadSummary): string {
  const amount = `Read ${formatNumber(read.entries)} ${read.entries === 1 ? 'entry' : 'entries'}`;
  const end = read.complete ? 'complete' : `cut by ${read.cutBy ? cutText[read.cutBy] : 'an unknown reason'}`;
  const references = `${formatNumber(read.referrals)} ${read.referrals === 1 ? 'reference' : 'references'} to other servers ignored`;
  return `${[amount, end, ...(read.referrals > 0 ? [references] : [])].join(', ')} (${readDetails(read)}).`;
}

/** The reason for a switch (`walk, because …`) stays as it is. */
function readDetails({ milliseconds, strategy, groupDepth }: ReadSummary): string {
  const [way = '', ...reason] = strategy?.split(', ') ?? [];
  const found = strategy ? [strategyText[way] ?? way, ...reason] : [];
  const depth = groupDepth ? [`${formatNumber(groupDepth)} ${groupDepth === 1 ? 'level' : 'levels'} of nested groups`] : [];
  return [`${(milliseconds / 1000).toFixed(1)} s`, ...found, ...depth].join(', ');
}
