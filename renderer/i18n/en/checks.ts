/** How far a step of a test is. */
export type StepState = 'running' | 'passed' | 'warning' | 'failed';

export const stepStateText: Readonly<Record<StepState, string>> = {
  running: 'Running',
  passed: 'Passed',
  warning: 'Warning',
  failed: 'Failed',
};

/** Words of what tests of a server have in common: its steps, its certificate and its password. */
export const checksText = {
  certificate: 'Certificate of the server',
  subject: 'Subject',
  issuer: 'Issuer',
  names: 'Names',
  validity: 'Valid',
  validityOf: (from: string, to: string) => `${from} – ${to}`,
  sha256: 'SHA-256',
  trust: (host: string) => `Trust this certificate for ${host}`,
  trustHint: 'Compare the fingerprint with the one on the server first.',
  testSteps: 'Steps of the test',
  details: 'Details',
  caPem: 'Certificate authorities (PEM):',
  caHint: 'In addition to those that this computer trusts.',
  chooseFile: 'Choose file…',
  clear: 'Clear',
  pins: 'Trusted certificates',
  noPins: 'No single certificate is trusted.',
  removePin: (server: string) => `Remove the trusted certificate of ${server}`,
  remove: 'Remove',
  certificates: 'Certificates',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  stop: 'Stop',
} as const;
