import type { EmailSettings, RelayTestStep } from '../../../shared/contract/email.contract.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { Mailbox } from '../../../shared/email/mailbox.ts';
import type { Handover, Relay, RelayEvent, RelaySession, RelayTarget } from './mailPorts.ts';
import { failureText, passed, running, warned } from './relayTexts.ts';

export interface RelayTest {
  readonly relay: Relay;
  readonly target: RelayTarget;
  readonly from: Mailbox;
  /** Null: no mail is sent. */
  readonly mail: { readonly to: string; readonly message: Uint8Array } | null;
  /** Each step, first as `running`, then with its outcome. */
  report(step: RelayTestStep): void;
}

const soonDays = 30;

/** Goes the way of a delivery, step by step, and tells in words how each went. Ends at the first that fails. */
export async function testRelay(test: RelayTest, signal: AbortSignal): Promise<{ passed: boolean; steps: RelayTestStep[] }> {
  const { target, from, mail } = test;
  const { relay } = target;
  const steps: RelayTestStep[] = [];

  function add(step: RelayTestStep): void {
    test.report(step);
    if (step.state !== 'running') steps.push(step);
  }
  const failed = ({ step, milliseconds, certificate }: Omit<RelayEvent, 'state'>, error: AppError): RelayTestStep => {
    return { step, state: 'failed', ...failureText(error, relay), code: error.code, milliseconds, ...(certificate && { certificate }) };
  };

  function observe(event: RelayEvent): void {
    const { step, milliseconds } = event;
    if (event.state === 'running') add({ step, state: 'running', text: running[step], milliseconds });
    else if (event.error) add(failed(event, event.error));
    else add({ step, milliseconds, ...found(event, relay) });
    if (step === 'greeting' && event.state === 'passed' && relay.security === 'none')
      add({ step: 'tls', state: 'warning', text: warned.plain, advice: warned.plainAdvice, milliseconds: 0 });
  }
  async function step(name: 'sender' | 'mail', work: () => Promise<string>): Promise<void> {
    const startedAt = performance.now();
    add({ step: name, state: 'running', text: running[name], milliseconds: 0 });
    try {
      add({ step: name, state: 'passed', text: await work(), milliseconds: performance.now() - startedAt });
    } catch (error) {
      if (isAppError(error)) add(failed({ step: name, milliseconds: performance.now() - startedAt }, error));
      throw error;
    }
  }

  let session: RelaySession | undefined;
  try {
    const opened = (session = await test.relay.open(target, signal, observe));
    await step('sender', async () => passed.sender(from.address, await opened.checkSender(from.address)));
    if (mail) {
      await step('mail', async () => {
        const { to, message } = mail;
        return passed.mail(to, accepted(await opened.offer({ from: from.address, to }, message).handOver()));
      });
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) throw error;
    if (!steps.some(({ state }) => state === 'failed')) add(failed({ step: 'tcp', milliseconds: 0 }, error));
  } finally {
    await session?.close();
  }
  return { passed: steps.every(({ state }) => state !== 'failed'), steps };
}

function accepted(outcome: Handover): string {
  if (outcome.kind === 'accepted') return outcome.reply;
  if (outcome.kind === 'refused') {
    const { reply, permanent } = outcome;
    throw new AppError('relay-refused', `The relay refuses: ${reply}`, { details: { reply, permanent } });
  }
  throw outcome.error;
}

function found(event: RelayEvent, relay: EmailSettings['relay']): Pick<RelayTestStep, 'state' | 'text' | 'advice' | 'certificate'> {
  const { certificate, addresses = [], reply = '' } = event;
  switch (event.step) {
    case 'dns':
      return { state: 'passed', text: passed.dns(relay.host, addresses) };
    case 'tcp':
      return { state: 'passed', text: passed.tcp(relay.port) };
    case 'greeting':
      return { state: 'passed', text: passed.greeting(reply) };
    case 'tls': {
      const days = certificate ? Math.floor((Date.parse(certificate.notAfter) - Date.now()) / 86_400_000) : Infinity;
      if (event.isPinned !== true && days < soonDays)
        return { state: 'warning', text: warned.expiresSoon(days), advice: warned.expiresSoonAdvice, ...(certificate && { certificate }) };
      return { state: 'passed', text: passed.tls(event), ...(certificate && { certificate }) };
    }
    default:
      return { state: 'passed', text: passed.login(relay.user) };
  }
}
