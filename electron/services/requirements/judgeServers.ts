import type { Requirement } from '../../../shared/contract/requirements.contract.ts';
import { failed, passed, warned } from './judgeMachine.ts';
import type { RequirementPorts, ServerTest } from './requirementPorts.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** So many days before its end a certificate should be renewed. */
const renewDays = 30;

/** What the test of the directory or relay found: whether it can be used, and how long its certificate holds. */
export function judgeServer(kind: 'directory' | 'relay', { steps }: ServerTest, now: number): Requirement[] {
  const name = kind === 'directory' ? 'The directory' : 'The mail relay';
  const bad = steps.find(({ state }) => state === 'failed');
  const doubtful = steps.find(({ state, certificate }) => state === 'warning' && !certificate);
  const server = bad
    ? failed(kind, `${name} cannot be used: ${bad.text}`, bad.advice ?? 'Test the connection in its settings.')
    : doubtful
      ? warned(kind, doubtful.text, doubtful.advice ?? '')
      : passed(kind, `${name} answers, and takes the sign-in of the console.`);
  return [server, ...judgeCertificates(kind, { steps }, now)];
}

function judgeCertificates(kind: 'directory' | 'relay', { steps }: ServerTest, now: number): Requirement[] {
  const ends = steps.flatMap(({ certificate }) => (certificate ? [Date.parse(certificate.notAfter)] : [])).filter(Number.isFinite);
  if (ends.length === 0) return [];
  const days = Math.floor((Math.min(...ends) - now) / dayMs);
  const date = new Date(Math.min(...ends)).toISOString().slice(0, 10);
  const fix = 'Have it renewed by whoever runs this server.';
  const of = kind === 'directory' ? 'The certificate of the directory' : 'The certificate of the mail relay';
  if (days < 0) return [failed(`${kind}-certificate`, `${of} ended on ${date}.`, fix)];
  if (days <= renewDays)
    return [
      warned(`${kind}-certificate`, `${of} ends on ${date}, ${days === 0 ? 'today' : `in ${days} ${days === 1 ? 'day' : 'days'}`}.`, fix),
    ];
  return [passed(`${kind}-certificate`, `${of} holds until ${date}.`)];
}

/** It is renewed a month before it ends: whatever keeps it from that has lasted for two weeks by then. */
const activationDays = 14;

/** How long the certificate holds by which the authority knows this server. */
export function judgeActivation(certificate: ReturnType<RequirementPorts['activationCertificate']>, now: number): Requirement[] {
  if (!certificate) return [];
  const { expiresAt, isOffline } = certificate;
  const date = new Date(expiresAt).toISOString().slice(0, 10);
  const days = Math.floor((expiresAt - now) / dayMs);
  const again = 'Activate this server again (Tools, Activation…; mfactl activate).';
  if (days < 0) return [failed('activation-certificate', `The certificate of this server ended on ${date}.`, again)];
  if (days > activationDays) return [passed('activation-certificate', `The certificate of this server holds until ${date}.`)];
  const fix = isOffline ? again : 'Look at Status (mfactl status) for what keeps the authority from being asked.';
  const why = isOffline ? 'nobody renews it but by a file' : 'it could not be renewed so far';
  return [warned('activation-certificate', `The certificate of this server ends on ${date}, and ${why}.`, fix)];
}
