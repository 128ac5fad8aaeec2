/** Object identifiers of controls and extended operations, each with its source. */
export const controlOid = {
  /** RFC 2696 */
  pagedResults: '1.2.840.113556.1.4.319',
  /** [MS-ADTS] 3.1.1.3.4.1.14, LDAP_SERVER_SHOW_DELETED_OID */
  showDeleted: '1.2.840.113556.1.4.417',
  /** [MS-ADTS] 3.1.1.3.4.1.4, LDAP_SERVER_DOMAIN_SCOPE_OID: no references please */
  domainScope: '1.2.840.113556.1.4.1339',
  /** RFC 3296: show referral objects as entries */
  manageDsaIt: '2.16.840.1.113730.3.4.2',
} as const;

export const extensionOid = {
  /** RFC 4511 section 4.14 */
  startTls: '1.3.6.1.4.1.1466.20037',
  /** RFC 4511 section 4.4.1 */
  noticeOfDisconnection: '1.3.6.1.4.1.1466.20036',
} as const;
