import type { TokenColumn, TokenKind, TokenState } from '../../../shared/contract/tokens.contract.ts';
import { formatCount } from './jobs.ts';

/** `1 token`, `2 tokens`. */
export function formatTokens(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'token' : 'tokens'}`;
}

export const tokenKindText: Record<TokenKind, string> = { totp: 'TOTP', hotp: 'HOTP' };

export const tokenStateText: Record<TokenState, string> = {
  free: 'Free',
  assigned: 'Assigned',
  'not-started': 'Not started',
  expired: 'Expired',
};

const columnNames: Record<TokenColumn, string> = {
  serial: 'Serial Number',
  username: 'Username',
  kind: 'Type',
  algorithm: 'Algorithm',
  digits: 'Digits',
  interval: 'Interval',
  startsAt: 'Start',
  expiresAt: 'Expires',
  state: 'State',
  manufacturer: 'Manufacturer',
  model: 'Model',
};

/** Words of the OATH Tokens pane. */
export const tokensText = {
  list: 'OATH tokens',
  columns: columnNames,
  seconds: (interval: number) => `${interval} s`,
  inRecycleBin: (username: string) => `${username} (in the recycle bin)`,

  search: 'Search tokens',
  clearSearch: 'Clear search',
  show: 'Show:',
  showAll: 'All tokens',

  counted: (count: number, total: number, isFiltered: boolean) =>
    isFiltered ? `${formatCount(count)} of ${formatTokens(total)}` : formatTokens(total),
  released: (count: number) => `The list has changed, so ${formatCount(count)} rows are no longer selected`,
  selected: (count: number) => `${formatCount(count)} selected`,

  add: 'Add…',
  edit: 'Edit…',
  remove: 'Remove…',
  import: 'Import…',
  assign: 'Assign…',
  unassign: 'Unassign…',
  resync: 'Resynchronize…',

  listFailed: 'The list could not be read.',
  tryAgain: 'Try again',

  emptyTitle: 'No OATH tokens yet',
  emptyText: 'Import the file that came with the tokens, or add a single token by its serial number and secret key.',
  noMatchTitle: 'No token found',
  noMatch: (search: string) => `No token contains “${search}”.`,
  noMatchState: 'No token is in this state.',
  showAllTokens: 'Show all tokens',
} as const;
