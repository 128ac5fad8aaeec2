export type CompanyTab = 'general' | 'resolution' | 'textMessage' | 'oathToken';

/** The tab on which a setting is, by its path. */
export function tabOf(path: string): CompanyTab {
  if (path.startsWith('texts.textMessage')) return 'textMessage';
  if (path.startsWith('texts.oathToken')) return 'oathToken';
  return path.startsWith('usernameResolution') ? 'resolution' : 'general';
}
