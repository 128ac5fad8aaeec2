import { checksText } from '../../../i18n/en/checks.ts';
import { emailSettingsText as text } from '../../../i18n/en/email.ts';
import type { EmailField } from './emailForm.ts';

const labels: Readonly<Record<EmailField, string>> = {
  'relay.host': text.host,
  'relay.port': text.port,
  'relay.security': text.security,
  'relay.auth': text.auth,
  'relay.user': text.user,
  'relay.oauth': text.oauth,
  'relay.oauth.tokenUrl': text.tokenUrl,
  'relay.oauth.clientId': text.clientId,
  'relay.pins': text.pins,
  'relay.caPem': checksText.caPem,
  sendEmails: text.sendEmails,
  mode: text.mode,
  pickupFolder: text.pickupFolder,
  from: text.from,
  replyTo: text.replyTo,
  administrators: text.administrators,
  portalUrl: text.portalUrl,
  companyName: text.companyName,
  ratePerSecond: text.rate,
  connections: text.connections,
  recipientsPerDay: text.perDay,
  domainRatePerSecond: text.domainRate,
  domainConnections: text.domainConnections,
};

/** The name of a field as its label spells it, for the summary. */
export function fieldName(field: EmailField): string {
  return (labels[field] ?? field).replace(/:$/, '');
}
