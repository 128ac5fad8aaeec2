import type { EmailSettings, RelayStepName } from '../../../shared/contract/email.contract.ts';
import type { AppError, ErrorCode } from '../../../shared/contract/errors.ts';
import type { RelayEvent } from './mailPorts.ts';

/** Every sentence of the test of the relay. */
export const running: Readonly<Record<RelayStepName, string>> = {
  dns: 'Looking up the name of the relay.',
  tcp: 'Connecting.',
  greeting: 'Waiting for the greeting.',
  tls: 'Agreeing on a secure connection.',
  login: 'Signing in.',
  sender: 'Asking whether the sender is accepted.',
  mail: 'Handing over a test mail.',
};

export const passed = {
  dns: (host: string, addresses: readonly string[]) => `${host} has the address ${addresses.join(', ')}.`,
  tcp: (port: number) => `Port ${port} is open.`,
  greeting: (reply: string) => `The relay greets: ${reply}`,
  tls: (event: RelayEvent) => {
    if (event.isPinned === true) return 'The certificate is the one that you chose to trust.';
    const { certificate } = event;
    return certificate
      ? `The certificate of ${certificate.subject} is trusted until ${certificate.notAfter.slice(0, 10)}.`
      : 'The connection is secure.';
  },
  login: (user: string) => `Signed in as ${user}.`,
  sender: (from: string, reply: string) => `${from} may send: ${reply}`,
  mail: (to: string, reply: string) => `The relay has taken the mail to ${to}: ${reply}`,
};

export const warned = {
  plain: 'The connection is not encrypted. Mails, with PINs in them, can be read on the way.',
  plainAdvice: 'Use STARTTLS or TLS.',
  expiresSoon: (days: number) => `The certificate is trusted, but expires in ${days} ${days === 1 ? 'day' : 'days'}.`,
  expiresSoonAdvice: 'Renew it in time.',
};

const otherPort: Readonly<Record<EmailSettings['relay']['security'], string>> = {
  tls: 'TLS is usually port 465; for ports 25 and 587 choose STARTTLS.',
  starttls: 'STARTTLS is usually port 587 or 25; for port 465 choose TLS.',
  none: 'Mail servers listen on port 25 or 587, and with TLS on 465.',
};

const failures: Partial<Record<ErrorCode, readonly [text: string, advice: string]>> = {
  'host-not-found': ['There is no server with this name.', 'Check the spelling and the name service of this computer.'],
  refused: ['The computer answers, but nothing listens on this port.', 'Mail servers listen on port 25 or 587, and with TLS on 465.'],
  timeout: ['The relay does not answer in time.', 'Check that a firewall lets this port through, and that the security fits the port.'],
  unreachable: ['The relay cannot be reached.', 'Check the network and the firewall.'],
  'connection-lost': ['The relay closed the connection.', 'It may allow certain computers only. Ask its administrator.'],
  'certificate-expired': [
    'The certificate has expired or is not valid yet.',
    'Renew it on the relay, and check the clock of this computer. You may also trust this one certificate.',
  ],
  'certificate-name': [
    'The certificate is for another name than the one you typed.',
    'Type the name that stands in the certificate. You may also trust this one certificate.',
  ],
  'certificate-unknown': [
    'The certificate was issued by somebody this computer does not know.',
    'Add the certificate authority of your organisation, or compare the fingerprint with the one on the relay and trust this one certificate.',
  ],
  'certificate-changed': [
    'The relay shows another certificate than the one you chose to trust.',
    'Ask whether it was renewed. If nobody knows, do not trust it: somebody may be in between.',
  ],
  'bad-credentials': ['User or password is wrong.', 'Type them again. Some providers want a password made for programs.'],
  'stronger-auth-required': [
    'The relay offers no sign-in by user and password.',
    'It may offer it after STARTTLS only, or want none at all: then leave the user empty.',
  ],
  'secret-missing': ['No password is stored for this relay and this user.', 'Type the password.'],
  'token-unavailable': ['', 'Check the address of the token endpoint, and that a firewall lets this computer reach it.'],
  'token-refused': ['', 'Compare tenant, client id, client secret and scope with what the administrator of the mail service has set up.'],
  'token-not-accepted': [
    'There is a token, but the relay does not accept it.',
    'The user must be the mailbox that sends, and the client must be allowed to send as it. For Exchange Online the scope is https://outlook.office365.com/.default.',
  ],
  'plain-text-refused': ['A password would be sent in clear text.', 'Use STARTTLS or TLS, or leave the user empty.'],
};

/** What a failure means and what to do about it. */
export function failureText(error: AppError, { security }: EmailSettings['relay']): { text: string; advice?: string } {
  const reply = error.details?.['reply'];
  const said = typeof reply === 'string' ? ` The relay says: ${reply}` : '';
  if (error.code === 'tls-failed' || error.code === 'not-smtp') return { text: error.message, advice: otherPort[security] };
  if (error.code === 'relay-refused')
    return { text: error.message, advice: 'Its administrator can allow this computer, sender or sign-in.' };
  const known = failures[error.code];
  if (known === undefined) return { text: error.message };
  return { text: known[0] === '' ? error.message : `${known[0]}${said}`, advice: known[1] };
}
