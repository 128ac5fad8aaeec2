import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { LdapBackend, LdapSession } from './backend.ts';
import { BerError, encodeOctets } from './ber.ts';
import { decodeRequest, responseTag } from './decodeRequest.ts';
import { encodeEntry, encodeNoticeOfDisconnection, encodeReference, encodeResult } from './encodeResponse.ts';
import { createFrameSplitter } from './framing.ts';
import type { BindRequest, CompareRequest, ExtendedRequest, LdapRequest, SearchPart, SearchRequest } from './messages.ts';
import { extensionOid } from './oids.ts';
import { resultCode, type LdapResult } from './resultCode.ts';
import { createTransport, type Transport } from './transport.ts';

export interface ConnectionOptions {
  readonly backend: LdapBackend;
  /** With it the server offers StartTLS. */
  readonly secureContext?: SecureContext;
  readonly maxMessageBytes: number;
  /** Requests that may run or wait at once. */
  readonly maxPendingRequests: number;
  /** 0 = a silent connection may stay for ever. */
  readonly idleTimeoutMs: number;
  onRequest(request: LdapRequest): void;
  onClosed(): void;
}

export interface Connection {
  destroy(): void;
}

/** Serves one accepted socket: reads requests, hands them to the backend's session, writes the answers. */
export function serveConnection(socket: Socket, options: ConnectionOptions): Connection {
  const { backend } = options;
  const frames = createFrameSplitter(options.maxMessageBytes);
  /** Messages that have arrived but were not looked at. */
  const inbox: Buffer[] = [];
  const running = new Map<number, AbortController>();
  const waiting: LdapRequest[] = [];
  /** A bind in progress: RFC 4511 section 4.2.1 lets nothing else start meanwhile. */
  let isBinding = false;

  const transport: Transport = createTransport(socket, options, { onData, onClosed });
  const session: LdapSession = backend.openSession({ address: transport.address, isSecure: transport.isSecure });

  function onData(chunk: Buffer): void {
    try {
      inbox.push(...frames.push(chunk));
      for (let frame = inbox.shift(); frame !== undefined; frame = inbox.shift()) accept(decodeRequest(frame));
    } catch (error) {
      if (!(error instanceof BerError)) throw error;
      hangUp(error.message);
    }
  }

  function onClosed(): void {
    abortAll();
    options.onClosed();
  }

  function hangUp(reason: string): void {
    abortAll();
    transport.end(encodeNoticeOfDisconnection(reason));
  }

  function abortAll(): void {
    inbox.length = 0;
    waiting.length = 0;
    for (const controller of running.values()) controller.abort();
  }

  function accept(request: LdapRequest): void {
    options.onRequest(request);
    if (waiting.length + running.size >= options.maxPendingRequests) {
      hangUp('Too many requests wait on this connection.');
    } else if (isBinding) {
      waiting.push(request);
    } else {
      start(request);
    }
  }

  function start({ messageId, operation, controls }: LdapRequest): void {
    if (operation.kind === 'unbind') {
      abortAll();
      transport.end();
      return;
    }
    if (operation.kind === 'abandon') {
      running.get(operation.messageId)?.abort();
      return;
    }
    if (running.has(messageId)) {
      hangUp('A message id is used twice at the same time.');
      return;
    }
    const unknown = controls.find(({ oid, isCritical }) => isCritical && !backend.supportedControls.includes(oid));
    if (unknown !== undefined) {
      reply(messageId, answerTag(operation), {
        code: resultCode.unavailableCriticalExtension,
        message: `The control ${unknown.oid} is not supported.`,
      });
      return;
    }
    switch (operation.kind) {
      case 'bind':
        void bind(messageId, operation);
        return;
      case 'search':
        void search(messageId, operation);
        return;
      case 'compare':
        void compare(messageId, operation);
        return;
      case 'extended':
        extend(messageId, operation);
        return;
      case 'write':
        reply(messageId, operation.responseTag, { code: resultCode.unwillingToPerform, message: 'This directory is read-only.' });
        return;
      case 'invalid':
        reply(messageId, operation.responseTag, { code: resultCode.protocolError, message: operation.reason });
        return;
    }
  }

  async function bind(messageId: number, request: BindRequest): Promise<void> {
    isBinding = true;
    for (const controller of running.values()) controller.abort();
    const result =
      request.version === 3
        ? await run(messageId, (signal) => session.bind(request, signal))
        : { code: resultCode.protocolError, message: 'This server speaks LDAP version 3.' };
    if (result !== undefined) reply(messageId, responseTag.bind, result);
    isBinding = false;
    for (let next = takeWaiting(); next !== undefined; next = takeWaiting()) start(next);
  }

  function takeWaiting(): LdapRequest | undefined {
    return isBinding ? undefined : waiting.shift();
  }

  async function compare(messageId: number, request: CompareRequest): Promise<void> {
    const result = await run(messageId, (signal) => session.compare(request, signal));
    if (result !== undefined) reply(messageId, responseTag.compare, result);
  }

  async function search(messageId: number, request: SearchRequest): Promise<void> {
    const failure = await run(messageId, async (signal) => {
      for await (const part of session.search(request, signal)) {
        if (signal.aborted) return undefined;
        await writePart(messageId, part);
      }
      return undefined;
    });
    if (failure !== undefined) reply(messageId, responseTag.searchDone, failure);
  }

  /** Runs backend code under the message id, so that it can be abandoned. Answers nothing for what was abandoned. */
  async function run(messageId: number, work: (signal: AbortSignal) => Promise<LdapResult | undefined>): Promise<LdapResult | undefined> {
    const controller = new AbortController();
    running.set(messageId, controller);
    try {
      const result = await work(controller.signal);
      return controller.signal.aborted ? undefined : result;
    } catch {
      // What went wrong inside is not for the other side to know.
      return controller.signal.aborted ? undefined : { code: resultCode.other, message: 'The server failed.' };
    } finally {
      running.delete(messageId);
    }
  }

  function writePart(messageId: number, part: SearchPart): Promise<void> {
    switch (part.kind) {
      case 'entry':
        return transport.write(encodeEntry(messageId, part.dn, part.attributes));
      case 'reference':
        return transport.write(encodeReference(messageId, part.urls));
      case 'done':
        return transport.write(encodeResult(messageId, responseTag.searchDone, part.result, part.controls));
      case 'raw':
        return transport.write(part.bytes);
      case 'disconnect':
        transport.drop();
        return Promise.resolve();
    }
  }

  function extend(messageId: number, request: ExtendedRequest): void {
    if (request.oid !== extensionOid.startTls) {
      reply(messageId, responseTag.extended, { code: resultCode.protocolError, message: 'There is no such extended operation.' });
      return;
    }
    const refusal = startTlsRefusal();
    const name = encodeOctets(extensionOid.startTls, 0x8a);
    if (refusal !== undefined || options.secureContext === undefined) {
      reply(messageId, responseTag.extended, refusal ?? { code: resultCode.unavailable }, [name]);
    } else if (frames.pendingBytes() > 0 || inbox.length > 0 || waiting.length > 0) {
      // Plain bytes behind StartTLS would be read as if they had come through the tunnel.
      hangUp('Nothing may follow StartTLS before its answer.');
    } else {
      const answer = encodeResult(messageId, responseTag.extended, { code: resultCode.success }, [], [name]);
      transport.upgrade(answer, options.secureContext);
    }
  }

  function startTlsRefusal(): LdapResult | undefined {
    if (transport.isSecure()) return { code: resultCode.operationsError, message: 'TLS is already in use.' };
    if (running.size > 0) return { code: resultCode.operationsError, message: 'Other requests are still running.' };
    if (options.secureContext === undefined) return { code: resultCode.unavailable, message: 'This server has no certificate.' };
    return undefined;
  }

  function reply(messageId: number, tag: number, result: LdapResult, extra: readonly Buffer[] = []): void {
    void transport.write(encodeResult(messageId, tag, result, [], extra));
  }

  return { destroy: transport.destroy };
}

function answerTag(operation: LdapRequest['operation']): number {
  switch (operation.kind) {
    case 'bind':
      return responseTag.bind;
    case 'compare':
      return responseTag.compare;
    case 'search':
      return responseTag.searchDone;
    case 'write':
    case 'invalid':
      return operation.responseTag;
    default:
      return responseTag.extended;
  }
}
