import type { Requirement } from '../../../shared/contract/requirements.contract.ts';
import { failed, passed, warned } from './judgeMachine.ts';
import type { ServerTest } from './requirementPorts.ts';

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
  if (days <= renewDays) return [warned(`${kind}-certificate`, `${of} ends on ${date}, in ${days} ${days === 1 ? 'day' : 'days'}.`, fix)];
  return [passed(`${kind}-certificate`, `${of} holds until ${date}.`)];
}
