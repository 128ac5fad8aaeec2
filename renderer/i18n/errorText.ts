import type { ErrorCode } from '../../shared/contract/errors.ts';

export interface ErrorWords {
  /** What happened. */
  readonly sentence: string;
  /** What to do about it. */
  readonly advice: string;
}

/** What an administrator reads for each code. A code without words does not compile. */
export const errorText: Readonly<Record<ErrorCode, ErrorWords>> = {
  'invalid-input': { sentence: 'Some of what was entered is not valid.', advice: 'Correct the marked fields and try again.' },
  'not-allowed': { sentence: 'You are not allowed to do this.', advice: 'Sign in with an account that may manage this server.' },
  'not-found': { sentence: 'This no longer exists.', advice: 'Refresh the list. Somebody else may have removed it.' },
  conflict: { sentence: 'Something else was changed at the same time.', advice: 'Refresh, look at the current state, and try again.' },
  cancelled: { sentence: 'This was cancelled.', advice: 'Nothing was changed. Start it again when you are ready.' },
  internal: {
    sentence: 'Something went wrong in the console.',
    advice: 'Try again. If it happens again, look up the reference in the log.',
  },

  'host-not-found': {
    sentence: 'No computer has this name.',
    advice: 'Check the spelling of the host name and the DNS settings of this server.',
  },
  refused: {
    sentence: 'The computer answered, but nothing listens on this port.',
    advice: 'Check the port, and that the service runs there.',
  },
  timeout: {
    sentence: 'The server did not answer in time.',
    advice: 'Check that it is not overloaded and that no firewall drops the traffic, or allow more time.',
  },
  unreachable: {
    sentence: 'The server cannot be reached.',
    advice: 'Check the network and the firewall between this computer and the server.',
  },
  'connection-lost': { sentence: 'The connection was lost.', advice: 'Check whether the last step took effect before you repeat it.' },
  'certificate-expired': {
    sentence: 'The certificate of the server is not valid today.',
    advice: 'Renew the certificate on the server, or check the clock of this computer.',
  },
  'certificate-name': {
    sentence: 'The certificate was issued for another name.',
    advice: 'Use one of the names that the certificate contains as host name, or renew the certificate.',
  },
  'certificate-unknown': {
    sentence: 'The certificate comes from an issuer that this computer does not trust.',
    advice: 'Look at the certificate. Add the CA of your domain, or trust this one certificate for this server.',
  },
  'certificate-changed': {
    sentence: 'The server shows another certificate than the one you trusted.',
    advice: 'Ask whether it was renewed on purpose. Only then trust the new one.',
  },
  'tls-failed': {
    sentence: 'No secure connection could be agreed on.',
    advice: 'Check that the port speaks TLS and that the server allows TLS 1.2 or later.',
  },
  'not-ldap': {
    sentence: 'The server answers, but with something else than LDAP.',
    advice: 'Check host and port. Directories usually listen on port 636 (LDAPS) or 389.',
  },

  'directory-not-configured': {
    sentence: 'No directory is configured yet.',
    advice: 'Open the directory configuration and enter a server, or use the sample directory.',
  },
  'bad-credentials': {
    sentence: 'The directory does not accept this name and password.',
    advice: 'Check the name and enter the password again.',
  },
  'account-disabled': { sentence: 'The account that signs in is disabled.', advice: 'Enable it in the directory, or use another account.' },
  'account-locked': {
    sentence: 'The account that signs in is locked.',
    advice: 'Unlock it in the directory, then check the password before you try again.',
  },
  'account-expired': { sentence: 'The account that signs in has expired.', advice: 'Extend it in the directory, or use another account.' },
  'password-expired': {
    sentence: 'The password of the account that signs in has expired.',
    advice: 'Change it in the directory and enter the new one here.',
  },
  'logon-restricted': {
    sentence: 'The account may not sign in from this computer or at this time.',
    advice: 'Check its logon hours and workstations in the directory.',
  },
  'stronger-auth-required': {
    sentence: 'The directory refuses to sign in without encryption.',
    advice: 'Choose LDAPS or StartTLS in the directory configuration.',
  },
  'plain-text-refused': {
    sentence: 'The password would travel without encryption.',
    advice: 'Choose LDAPS or StartTLS. Plain text has to be allowed expressly in the directory configuration.',
  },
  'base-dn-missing': {
    sentence: 'The directory does not contain this base DN.',
    advice: 'Choose one of the base DNs that the directory offers.',
  },
  'filter-malformed': {
    sentence: 'The filter is not a valid LDAP filter.',
    advice: 'Check the parentheses and the characters at the marked position.',
  },
  'size-limit': {
    sentence: 'The directory stopped because its size limit was reached.',
    advice: 'Choose a smaller part of the tree, or raise the limit in the directory.',
  },
  'time-limit': {
    sentence: 'The directory stopped because its time limit was reached.',
    advice: 'Choose a smaller part of the tree, or raise the limit in the directory.',
  },
  'directory-busy': { sentence: 'The directory is too busy to answer.', advice: 'Wait a moment and try again, or use another server.' },
  'directory-refused': { sentence: 'The directory refused this request.', advice: 'Check what the account that signs in may read.' },
  'paging-unsupported': {
    sentence: 'The directory cannot deliver large results in pages.',
    advice: 'Choose a smaller part of the tree, or use a server that supports paged results.',
  },
  'paging-stuck': {
    sentence: 'The directory repeats the same page without end.',
    advice: 'Use another server. Nothing of what was read was stored.',
  },
  referral: {
    sentence: 'This part of the tree is kept on another server.',
    advice: 'Configure that server, or choose a base DN that this one holds.',
  },

  'username-taken': {
    sentence: 'Another user has this username.',
    advice: 'Choose another one, or edit the user who has it. Letter case does not tell usernames apart.',
  },
  'changed-meanwhile': {
    sentence: 'Somebody else changed this in the meantime.',
    advice: 'Compare both states and decide which values to keep.',
  },
  'phone-not-valid': {
    sentence: 'This is not a phone number of its country.',
    advice: 'Check the digits and the country code. A number in international form begins with +.',
  },
  'pin-refused': {
    sentence: 'This PIN does not keep the PIN rules.',
    advice: 'Choose another one, or let one be generated.',
  },

  'serial-taken': {
    sentence: 'There is a token with this serial number already.',
    advice: 'Look it up in OATH Tokens. A serial number belongs to one token, whatever its letter case.',
  },
  'token-assigned': {
    sentence: 'This token belongs to another user.',
    advice: 'Unassign it there first, or choose another token.',
  },
  'secret-key-not-valid': {
    sentence: 'The secret key cannot be read.',
    advice: 'Check it for typing mistakes and choose how it is written: Base32 or hexadecimal.',
  },
  'code-wrong': {
    sentence: 'The code does not fit this token.',
    advice: 'Wait for the next code and try again. If it never fits, compare serial number, interval and secret key with the token.',
  },
  'code-already-used': {
    sentence: 'This code was used already.',
    advice: 'Wait until the token shows the next code. Each code is good once.',
  },
  'token-file-not-valid': {
    sentence: 'The token file cannot be read.',
    advice: 'It must be PSKC XML (RFC 6030) or CSV with a header row. Ask the manufacturer for such a file.',
  },
  'token-file-too-large': {
    sentence: 'The token file is too large.',
    advice: 'Split it into several files, or import only the tokens that are needed.',
  },
  'token-file-password-missing': {
    sentence: 'The token file is encrypted.',
    advice: 'Enter the password or the key that the manufacturer sent for it.',
  },
  'token-file-password-wrong': {
    sentence: 'The password or key does not open the token file.',
    advice: 'Check letter case and blanks. It usually comes separately from the file.',
  },
  'file-not-readable': {
    sentence: 'The file cannot be read as a table.',
    advice: 'Open it in an editor at the line that is named: a quote or a line end is probably missing there. Nothing was changed.',
  },
  'file-too-large': { sentence: 'The file is too large.', advice: 'Split it into several files and import one after the other.' },
  'columns-missing': {
    sentence: 'No column of the file says who the users are.',
    advice: 'Choose which column holds the username. Check also that delimiter and encoding are right.',
  },

  'not-verified': {
    sentence: 'The second factor was not verified.',
    advice: 'The result says why.',
  },
  'attachment-missing': {
    sentence: 'An attachment of this mail has disappeared from the data folder.',
    advice: 'Add the file to the template again, or restore the folder “attachments” from a backup. Then retry the mails that failed.',
  },
  'mail-not-ready': {
    sentence: 'Something is missing before mails can go out.',
    advice: 'Complete the email settings, and correct the places named.',
  },

  'not-smtp': {
    sentence: 'The server answers, but with something else than SMTP.',
    advice: 'Check host and port, and that the security fits: port 465 speaks TLS from the first byte, 25 and 587 do not.',
  },
  'relay-refused': {
    sentence: 'The mail server refuses this.',
    advice: 'Read what it says. Its administrator can allow this computer, this sender or this sign-in.',
  },
  'token-unavailable': {
    sentence: 'The token endpoint gives no token.',
    advice: 'Check its address, and that a firewall lets this computer reach it.',
  },
  'token-refused': {
    sentence: 'The token endpoint refuses this client.',
    advice: 'Compare client id, client secret and scope with what the administrator of the mail service has set up. Secrets expire.',
  },
  'token-not-accepted': {
    sentence: 'The mail server does not accept the token.',
    advice: 'The user must be the mailbox that sends, and the client must be allowed to send as it.',
  },

  'windows-firewall-unreadable': {
    sentence: 'The rules of Windows Firewall could not be read.',
    advice: 'Run the console as an administrator, and see whether Get-NetFirewallRule works in PowerShell.',
  },
  'keychain-unavailable': {
    sentence: 'The keychain of this computer does not answer, so no password can be kept.',
    advice: 'If it is locked, unlock it and try again. Where there is none, set a passphrase that protects the passwords instead.',
  },
  'keychain-locked': { sentence: 'The passwords are locked.', advice: 'Enter the passphrase, or unlock the keychain of this computer.' },
  'secret-missing': { sentence: 'No password is kept for this server and account.', advice: 'Enter it in the directory configuration.' },
  'secret-bound-elsewhere': {
    sentence: 'The password that is kept belongs to another server or account.',
    advice: 'Enter the password again.',
  },
  'vault-passphrase-wrong': { sentence: 'This is not the right passphrase.', advice: 'Try again. Letter case counts.' },

  'disk-full': {
    sentence: 'The disk with the data folder is full.',
    advice: 'Free some space and try again. Nothing that was stored before is lost.',
  },
  'folder-not-writable': {
    sentence: 'The data folder cannot be written.',
    advice: 'Check its permissions and those of the account that runs the console.',
  },
  'network-folder': {
    sentence: 'The data folder is on a network drive, where the data could be damaged.',
    advice: 'Move it to a local disk.',
  },
  'store-newer': {
    sentence: 'The data was written by a newer version of the console.',
    advice: 'Install that version or a later one. The data was left as it is.',
  },
  'store-damaged': {
    sentence: 'The data file is damaged.',
    advice: 'Restore a backup: Tools, Backups…. The damaged file was left as it is.',
  },
  'server-read-only': {
    sentence: 'The activation of this server is over: it changes no users and sends no mail.',
    advice: 'Activate it again with new credentials, at the same authority or at another one. Everything can be looked at meanwhile.',
  },
  'not-activated': {
    sentence: 'This server is not activated.',
    advice: 'Generate activation credentials at your activation authority and activate this server with them.',
  },
  'already-activated': {
    sentence: 'This server is activated already.',
    advice: 'Deactivate it first, or choose to replace the activation.',
  },
  'credentials-mistyped': {
    sentence: 'E-mail or password was mistyped: an authority does not write them this way.',
    advice: 'Compare both with what the authority shows, or copy them. No attempt was spent.',
  },
  'credentials-wrong': {
    sentence: 'The authority does not know this e-mail and password.',
    advice: 'Check that they come from this authority, or generate new activation credentials.',
  },
  'credentials-expired': {
    sentence: 'The activation credentials have expired. They live ten minutes.',
    advice: 'Generate new ones and activate at once.',
  },
  'credentials-used': {
    sentence: 'The activation credentials were used already. They work once.',
    advice: 'Generate new ones for this server. If nobody used them on purpose, revoke the server that did.',
  },
  'too-many-guesses': {
    sentence: 'There were too many attempts to activate from here.',
    advice: 'Wait ten minutes, then generate new activation credentials.',
  },
  'authority-unknown': {
    sentence: 'Nobody has vouched for the certificate of this authority yet.',
    advice: 'Compare its fingerprint with what the authority shows. If they are the same, trust it.',
  },
  'authority-changed': {
    sentence: 'What answers at this address is not the activation authority that is trusted.',
    advice:
      'Check the address, and whether something on the way inspects TLS: exempt the authority from that. If the authority was set up anew, activate this server again.',
  },
  'authority-failed': {
    sentence: 'The activation authority could not carry this out.',
    advice: 'Look at the log of the authority. Both sides should run the same version.',
  },
  'authority-key-missing': {
    sentence: 'The key of the activation authority cannot be opened.',
    advice: 'Unlock the keychain of the account that runs the authority, or restore the backup that has the key.',
  },
  'not-an-authority': {
    sentence: 'Something answers at this address, but it is no activation authority.',
    advice: 'Check host and port. If they are right, a proxy or a sign-in page of the network is in the way.',
  },
  'proxy-authentication': {
    sentence: 'A proxy on the way wants a password (407).',
    advice: 'Set its user and password (Firewall, Proxy…; mfactl firewall proxy), or have the address exempted from signing in.',
  },
  'proxy-unreachable': {
    sentence: 'The proxy cannot be reached.',
    advice: 'Check its host and port (Firewall, Proxy…; mfactl firewall proxy), and whether it runs.',
  },
  'proxy-refused': {
    sentence: 'The proxy does not let this server through.',
    advice: 'Have the address allowed on the proxy, or exempt it from the proxy (Firewall, Proxy…; mfactl firewall proxy).',
  },
  'tls-reset': {
    sentence: 'The connection was cut at the moment when TLS began.',
    advice: 'A firewall probably filters by name or inspects TLS. Allow the address of the authority on it.',
  },
  'clock-differs': {
    sentence: 'The clock of this server and that of the authority differ too much.',
    advice: 'Set both clocks by NTP. Certificates and one-time codes need the right time.',
  },
  'certificate-refused': {
    sentence: 'The authority does not accept the certificate of this server.',
    advice: 'It has expired, or is of another authority. Activate this server again.',
  },
  'certificate-revoked': {
    sentence: 'The activation of this server was revoked.',
    advice: 'Ask who runs the authority why. Activate this server again if it is to stay.',
  },
  'certificate-other-group': {
    sentence: 'The certificate of this server belongs to another group.',
    advice: 'The data folder was probably copied or restored from before another activation. Activate this server again.',
  },
  'group-not-found': {
    sentence: 'The authority has no such group.',
    advice: 'Choose one of the groups that it offers, or create a new one.',
  },
  'group-taken': {
    sentence: 'There is a group of this name already.',
    advice: 'Join it, or choose another name for the new one.',
  },
  'group-already-joined': {
    sentence: 'This server is in a group already.',
    advice: 'Activate it again to join another one.',
  },
  'activation-file-not-valid': {
    sentence: 'This is not the activation file that is needed here.',
    advice: 'Make a new request on the server, have its authority sign it, and use the answer to it on the same server.',
  },
  'port-taken': {
    sentence: 'The authority cannot listen on this port.',
    advice: 'Another program uses it, or this account may not. Choose another port.',
  },

  'requirements-not-met': {
    sentence: 'Something that the console needs is missing or cannot be reached.',
    advice: 'Look at what failed, in Firewall and Requirements: each says what to do.',
  },
  'backup-not-readable': {
    sentence: 'The backup cannot be opened.',
    advice: 'Check its path, and whether the account that runs the console may read it.',
  },
  'backup-too-large': {
    sentence: 'The backup is too large to be sent from here.',
    advice: 'Copy it to the server in another way, and enter its path.',
  },
  'backup-changed': { sentence: 'Another backup lies under this name by now.', advice: 'Check it again before you restore it.' },
  'backup-not-valid': { sentence: 'The file is no backup of this console.', advice: 'Choose another file.' },
  'backup-damaged': {
    sentence: 'The backup is damaged or not complete.',
    advice: 'Copy the file again from where it was kept, or use another backup. The data was left as it is.',
  },
  'store-in-use': {
    sentence: 'Another program has the data open: a console on the same data folder, or mfactl.',
    advice: 'End it, then restore again.',
  },
  'store-busy': { sentence: 'Another process is writing to the data.', advice: 'Wait until it is done and try again.' },
};
