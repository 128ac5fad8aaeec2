import type { Contract, Implementation, Procedure } from '../../shared/contract/define.ts';
import { AppError, isAppError, type ErrorPayload } from '../../shared/contract/errors.ts';
import { request, type Channel, type Response } from '../../shared/contract/wire.ts';
import type { Call, Caller } from './call.ts';
import { withoutLongLists } from './withoutLongLists.ts';
import { withoutSecrets } from './withoutSecrets.ts';

export type Services<C extends Contract> = { readonly [S in keyof C]: Implementation<C[S], Call> };

/** What the audit log keeps of one command. */
export interface AuditRecord {
  readonly who: string;
  readonly what: string;
  readonly outcome: 'done' | 'failed';
  readonly code: string;
  /** The input without secrets, and what the service noted; long lists by their beginning. */
  readonly details: unknown;
  readonly ref: string;
}

export interface RouterPorts {
  /** One line for each call that failed. */
  log(entry: { ref: string; service: string; method: string; caller: string; error: unknown }): void;
  /** Called once for each command, after it ended and before it is answered. */
  audit(record: AuditRecord): void;
  /** Throws AppError for a command that must not be carried out at the moment, whoever asks. */
  allow(service: string, method: string): void;
  newRef(): string;
  /** Knows the errors of the layers below (store, files); undefined for one that it does not know. */
  translate(error: unknown): AppError | undefined;
}

export interface Router {
  /** Serves one connected client until its channel closes; then cancels its running calls. */
  serve(channel: Channel, caller: Caller): void;
  /** One call of somebody who has no channel, as checked and audited as any other. Throws AppError. */
  call(caller: Caller, service: string, method: string, input: unknown): Promise<unknown>;
  /** Sends an event to every connected client that may see it. */
  emit(service: string, event: string, payload: unknown): void;
}

type Reply = Omit<Extract<Response, { type: 'done' }>, 'id'> | Omit<Extract<Response, { type: 'failed' }>, 'id'>;

/** The only way into the services: finds, allows, parses, runs, strips, answers, and records every command. */
export function createRouter<C extends Contract>(contract: C, services: Services<C>, ports: RouterPorts): Router {
  const connections = new Set<{ channel: Channel; caller: Caller }>();

  function find(service: string, method: string): Procedure {
    // Own properties only: `constructor` or `__proto__` must not resolve to anything.
    const definitions = Object.hasOwn(contract, service) ? contract[service] : undefined;
    const procedure = definitions && Object.hasOwn(definitions, method) ? definitions[method] : undefined;
    if (!procedure || procedure.kind === 'event') throw new AppError('not-found', `There is no procedure ${service}.${method}.`);
    return procedure;
  }

  async function run(procedure: Procedure, service: string, method: string, input: unknown, call: Call): Promise<unknown> {
    if (!call.caller.access.has(procedure.access)) {
      throw new AppError('not-allowed', `${service}.${method} needs the right to ${procedure.access}.`);
    }
    if (procedure.audited) ports.allow(service, method);
    const parsed = procedure.input.safeParse(input);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const details = issue && { field: issue.path.join('.'), problem: issue.message };
      throw new AppError(
        'invalid-input',
        details ? `The request is not valid: ${details.field || 'input'}: ${details.problem}.` : 'The request is not valid.',
        {
          details,
        },
      );
    }
    const implementation = services[service] as Record<string, (input: unknown, call: Call) => Promise<unknown>>;
    const output = await implementation[method]!(parsed.data, call);
    // Strips anything the contract does not name, so that a service cannot leak a field by mistake.
    return procedure.output.parse(output);
  }

  function toAppError(error: unknown, call: Call): AppError {
    if (isAppError(error)) return error;
    if (call.signal.aborted) return new AppError('cancelled', 'Cancelled.', { cause: error });
    return ports.translate(error) ?? new AppError('internal', 'Something went wrong in the console.', { cause: error });
  }

  async function answer(service: string, method: string, input: unknown, base: Omit<Call, 'note'>): Promise<Reply> {
    const notes: Record<string, unknown> = {};
    const call: Call = { ...base, note: (details) => Object.assign(notes, details) };
    let procedure: Procedure | undefined;
    const record = (outcome: AuditRecord['outcome'], code: string) => {
      if (!procedure?.audited) return;
      const details = withoutLongLists({ input: withoutSecrets(procedure.input, input), ...notes });
      ports.audit({ who: call.caller.account, what: `${service}.${method}`, outcome, code, details, ref: call.ref });
    };
    try {
      procedure = find(service, method);
      const output = await run(procedure, service, method, input, call);
      record('done', '');
      return { type: 'done', output };
    } catch (cause) {
      const error = toAppError(cause, call);
      ports.log({ ref: call.ref, service, method, caller: call.caller.id, error });
      try {
        record('failed', error.code);
      } catch (auditError) {
        ports.log({ ref: call.ref, service: 'audit', method: 'write', caller: call.caller.id, error: auditError });
      }
      const payload: ErrorPayload = { code: error.code, message: error.message, ref: call.ref };
      return { type: 'failed', error: error.details ? { ...payload, details: error.details } : payload };
    }
  }

  function serve(channel: Channel, caller: Caller): void {
    const connection = { channel, caller };
    const running = new Map<number, AbortController>();
    connections.add(connection);

    const stop = channel.onMessage((raw) => {
      const message = request.safeParse(raw);
      if (!message.success) return; // not ours: there is no id to answer to
      if (message.data.type === 'cancel') return running.get(message.data.id)?.abort();

      const { id, service, method, input } = message.data;
      const controller = new AbortController();
      running.set(id, controller);
      void answer(service, method, input, { caller, signal: controller.signal, ref: ports.newRef() }).then((reply) => {
        running.delete(id);
        if (connections.has(connection)) channel.send({ id, ...reply });
      });
    });

    channel.onClose(() => {
      stop();
      connections.delete(connection);
      for (const controller of running.values()) controller.abort();
    });
  }

  async function call(caller: Caller, service: string, method: string, input: unknown): Promise<unknown> {
    const { signal } = new AbortController();
    const reply = await answer(service, method, input, { caller, signal, ref: ports.newRef() });
    if (reply.type === 'done') return reply.output;
    throw new AppError(reply.error.code, reply.error.message, reply.error);
  }

  function emit(service: string, event: string, payload: unknown): void {
    const definition = contract[service]?.[event];
    if (definition?.kind !== 'event') throw new TypeError(`Not an event: ${service}.${event}`);
    const message: Response = { type: 'event', service, event, payload: definition.payload.parse(payload) };
    for (const { channel, caller } of connections) {
      if (caller.access.has(definition.access)) channel.send(message);
    }
  }

  return { serve, call, emit };
}
