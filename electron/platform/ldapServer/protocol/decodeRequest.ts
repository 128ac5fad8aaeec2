import { Secret } from '../../../../shared/lib/secret.ts';
import { BerError, createBerCursor, readBoolean, readInteger, readText, type BerCursor, type BerElement } from './ber.ts';
import { decodeFilter } from './decodeFilter.ts';
import type { Control, LdapOperation, LdapRequest, SearchScope } from './messages.ts';

/** Tags of the answers, RFC 4511 section 4. */
export const responseTag = {
  bind: 0x61,
  searchEntry: 0x64,
  searchDone: 0x65,
  searchReference: 0x73,
  modify: 0x67,
  add: 0x69,
  delete: 0x6b,
  rename: 0x6d,
  compare: 0x6f,
  extended: 0x78,
} as const;

const scopes: readonly SearchScope[] = ['base', 'one', 'sub', 'children'];
const largestMessageId = 2 ** 31 - 1;

/**
 * Decodes one LDAPMessage of RFC 4511 section 4.1.1.
 * Throws BerError where the RFC asks for a notice of disconnection: wrong structure, no message id, unknown operation.
 */
export function decodeRequest(frame: Buffer): LdapRequest {
  const message = createBerCursor(createBerCursor(frame).next(0x30).content);
  const messageId = readInteger(message.next(0x02));
  if (messageId < 1 || messageId > largestMessageId) throw new BerError('The message id is out of range.');
  const operation = message.next();
  const controls = message.peekTag() === 0xa0 ? decodeControls(message.next()) : [];
  if (!message.atEnd()) throw new BerError('The message goes on after its end.');
  return { messageId, operation: decodeOperation(operation, controls), controls };
}

function decodeOperation(element: BerElement, controls: readonly Control[]): LdapOperation {
  const cursor = createBerCursor(element.content);
  switch (element.tag) {
    case 0x60:
      return decodeBind(cursor);
    case 0x42:
      return { kind: 'unbind' };
    case 0x63:
      return decodeSearch(cursor, controls);
    case 0x66:
      return { kind: 'write', responseTag: responseTag.modify };
    case 0x68:
      return { kind: 'write', responseTag: responseTag.add };
    case 0x4a:
      return { kind: 'write', responseTag: responseTag.delete };
    case 0x6c:
      return { kind: 'write', responseTag: responseTag.rename };
    case 0x6e: {
      const dn = readText(cursor.next(0x04));
      const assertion = createBerCursor(cursor.next(0x30).content);
      return { kind: 'compare', dn, attribute: readText(assertion.next(0x04)), value: assertion.next(0x04).content };
    }
    case 0x50:
      return { kind: 'abandon', messageId: readInteger(element) };
    case 0x77: {
      const oid = readText(cursor.next(0x80));
      return { kind: 'extended', oid, value: cursor.peekTag() === 0x81 ? cursor.next().content : undefined };
    }
    default:
      throw new BerError(`There is no operation with tag 0x${element.tag.toString(16)}.`);
  }
}

function decodeBind(cursor: BerCursor): LdapOperation {
  const version = readInteger(cursor.next(0x02));
  const name = readText(cursor.next(0x04));
  const authentication = cursor.next();
  switch (authentication.tag) {
    case 0x80:
      return { kind: 'bind', version, name, credentials: { kind: 'simple', password: new Secret(readText(authentication)) } };
    case 0xa3: {
      const mechanism = readText(createBerCursor(authentication.content).next(0x04));
      return { kind: 'bind', version, name, credentials: { kind: 'sasl', mechanism } };
    }
    default:
      // Windows' own "sicily" methods (0x89 to 0x8b) end here: they are well-formed but not LDAPv3.
      return { kind: 'bind', version, name, credentials: { kind: 'sasl', mechanism: `tag 0x${authentication.tag.toString(16)}` } };
  }
}

function decodeSearch(cursor: BerCursor, controls: readonly Control[]): LdapOperation {
  const baseDn = readText(cursor.next(0x04));
  const scope = scopes[readInteger(cursor.next(0x0a))];
  const dereferencing = readInteger(cursor.next(0x0a));
  const sizeLimit = readInteger(cursor.next(0x02));
  const timeLimitSeconds = readInteger(cursor.next(0x02));
  const typesOnly = readBoolean(cursor.next(0x01));
  const filter = decodeFilter(cursor.next());
  const selection = createBerCursor(cursor.next(0x30).content);
  const attributes: string[] = [];
  while (!selection.atEnd()) attributes.push(readText(selection.next(0x04)));

  const invalid = (reason: string): LdapOperation => ({ kind: 'invalid', responseTag: responseTag.searchDone, reason });
  if (scope === undefined) return invalid('There is no such search scope.');
  if (dereferencing < 0 || dereferencing > 3) return invalid('There is no such way to dereference aliases.');
  if (sizeLimit < 0 || timeLimitSeconds < 0) return invalid('A limit is below zero.');
  return { kind: 'search', baseDn, scope, sizeLimit, timeLimitSeconds, typesOnly, filter, attributes, controls };
}

function decodeControls(element: BerElement): Control[] {
  const cursor = createBerCursor(element.content);
  const controls: Control[] = [];
  while (!cursor.atEnd()) {
    const control = createBerCursor(cursor.next(0x30).content);
    const oid = readText(control.next(0x04));
    const isCritical = control.peekTag() === 0x01 ? readBoolean(control.next()) : false;
    const value = control.peekTag() === 0x04 ? control.next().content : undefined;
    if (!control.atEnd()) throw new BerError('A control goes on after its end.');
    controls.push({ oid, isCritical, value });
  }
  return controls;
}
