import {
  activationCalls,
  protocolVersion,
  RefusalError,
  refusalStatus,
  type ActivationCallName,
  type CallInput,
  type CallOutput,
  type Refusal,
} from '../../../shared/activation/protocol.ts';
import type { createEnrolment } from './enrolment.ts';
import type { createMembership, Member } from './membership.ts';
import type { HttpAnswer, Peer } from './authorityPorts.ts';

export interface AnswerPorts {
  readonly activate: ReturnType<typeof createEnrolment>;
  readonly membership: ReturnType<typeof createMembership>;
  now(): number;
  /** Each call that was refused or failed, without what it carried. */
  log(entry: { readonly call: string; readonly address: string; readonly code: string; readonly error: unknown }): void;
}

type Answerers = {
  readonly [Name in ActivationCallName]: (input: CallInput<Name>, peer: Peer, member: () => Member) => Promise<CallOutput<Name>>;
};

/** The authority's side of the protocol, whatever carries it: finds the call, checks certificate and input, answers or refuses. */
export function createAnswers({ activate, membership, now, log }: AnswerPorts) {
  const answerers: Answerers = {
    about: async () => ({ product: 'mfa-activation-authority', protocol: protocolVersion, now: now() }),
    activate: (input, { address }) => activate(input, address),
    join: (input, _peer, member) => membership.join(member(), input),
    heartbeat: (input, _peer, member) => membership.heartbeat(member(), input),
    renew: (input, _peer, member) => membership.renew(member(), input),
    leave: (input, _peer, member) => membership.leave(member(), input),
  };
  const byPath = new Map(Object.entries(activationCalls).map(([name, { path }]) => [path as string, name as ActivationCallName]));

  async function run<Name extends ActivationCallName>(name: Name, body: unknown, peer: Peer): Promise<CallOutput<Name>> {
    // Before the input: who may not call learns nothing about what a call takes.
    const member = activationCalls[name].certificate ? membership.memberOf(peer) : undefined;
    const input = activationCalls[name].input.safeParse(body);
    if (!input.success) {
      const field = input.error.issues[0]?.path.join('.') ?? '';
      throw new RefusalError('request-not-valid', `The request is not valid${field ? `: ${field}` : ''}.`);
    }
    return answerers[name](input.data as CallInput<Name>, peer, () => member!);
  }

  return async function answer(path: string, body: unknown, peer: Peer): Promise<HttpAnswer> {
    const name = byPath.get(path);
    if (!name) return { status: 404, body: { code: 'request-not-valid', message: 'There is no such call.' } satisfies Refusal };
    try {
      return { status: 200, body: await run(name, body, peer) };
    } catch (error) {
      const known = error instanceof RefusalError ? error : new RefusalError('authority-failed', 'Something went wrong in the authority.');
      log({ call: name, address: peer.address, code: known.code, error });
      const { code, message, retryAt } = known;
      return { status: refusalStatus[code], body: { code, message, ...(retryAt !== undefined && { retryAt }) } satisfies Refusal };
    }
  };
}
