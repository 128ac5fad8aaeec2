/** Commands that change users or reach them; `null`: all of the service. What a server must not do whose activation is over. */
const refused: Readonly<Record<string, ReadonlySet<string> | null>> = {
  users: null,
  pins: null,
  bypasses: null,
  questions: null,
  tokens: null,
  tags: null,
  verify: null,
  imports: new Set(['start']),
  // To take a mail back is always right.
  outbox: new Set(['send', 'retry', 'release']),
};

/** They write nothing. */
const previews: ReadonlySet<string> = new Set(['tokens.readImport', 'tokens.discardImport']);

/** Whether a command changes users or reaches them. Everything that is looked at, set up, saved or activated is left. */
export function touchesUsers(service: string, method: string): boolean {
  if (previews.has(`${service}.${method}`)) return false;
  const methods = Object.hasOwn(refused, service) ? refused[service] : undefined;
  return methods === null || (methods?.has(method) ?? false);
}
