/** Diagnostic messages as domain controllers word them. Clients read the codes in them, so ours must be found by the same reading. */

/** Build that the messages name: Windows Server 2019. */
const build = 'v4563';

/** Messages of Windows end in a NUL, which careless clients show. */
const end = '\0';

/** The sub-code tells why a bind failed; the result code is 49 for all of them. */
export const bindRefused = (subCode: string): string =>
  `80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data ${subCode}, ${build}${end}`;

export const tlsRequired =
  '00002028: LdapErr: DSID-0C090254, comment: The server requires binds to turn on integrity checking if SSL\\TLS are not already active ' +
  `on the connection, data 0, ${build}${end}`;

export const bindNeeded =
  '000004DC: LdapErr: DSID-0C090A5C, comment: In order to perform this operation a successful bind must be completed on the connection., ' +
  `data 0, ${build}${end}`;

export const controlRefused = `00000057: LdapErr: DSID-0C090A37, comment: Error processing control, data 0, ${build}${end}`;

export const noObject = (bestMatch: string): string =>
  `0000208D: NameErr: DSID-03100245, problem 2001 (NO_OBJECT), data 0, best match of:\n\t'${bestMatch}'\n${end}`;

export const badName = (dn: string): string =>
  `0000208F: NameErr: DSID-03100236, problem 2006 (BAD_NAME), data 8350, best match of:\n\t'${dn}'\n${end}`;

export const elsewhere = (dnsName: string): string =>
  `0000202B: RefErr: DSID-031007F9, data 0, 1 access points\n\tref 1: '${dnsName}'\n${end}`;
