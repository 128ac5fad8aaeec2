import { encodeBoolean, encodeElement, encodeEnumerated, encodeInteger, encodeOctets, encodeSequence } from './ber.ts';
import { responseTag } from './decodeRequest.ts';
import type { Control, ReturnedAttribute } from './messages.ts';
import { extensionOid } from './oids.ts';
import { resultCode, type LdapResult } from './resultCode.ts';

/** Encodes any answer that consists of an LDAPResult. `extra` follows the result (response name of an extended operation). */
export function encodeResult(
  messageId: number,
  tag: number,
  result: LdapResult,
  controls: readonly Control[] = [],
  extra: readonly Buffer[] = [],
): Buffer {
  const referral = result.referral === undefined ? [] : [encodeElement(0xa3, ...result.referral.map((url) => encodeOctets(url)))];
  const operation = encodeElement(
    tag,
    encodeEnumerated(result.code),
    encodeOctets(result.matchedDn ?? ''),
    encodeOctets(result.message ?? ''),
    ...referral,
    ...extra,
  );
  return encodeMessage(messageId, operation, controls);
}

/** Encodes a SearchResultEntry of RFC 4511 section 4.5.2. */
export function encodeEntry(messageId: number, dn: string, attributes: readonly ReturnedAttribute[]): Buffer {
  const list = attributes.map(({ name, values }) =>
    encodeSequence(encodeOctets(name), encodeElement(0x31, ...values.map((value) => encodeOctets(value)))),
  );
  return encodeMessage(messageId, encodeElement(responseTag.searchEntry, encodeOctets(dn), encodeSequence(...list)));
}

/** Encodes a SearchResultReference of RFC 4511 section 4.5.3. */
export function encodeReference(messageId: number, urls: readonly string[]): Buffer {
  return encodeMessage(messageId, encodeElement(responseTag.searchReference, ...urls.map((url) => encodeOctets(url))));
}

/** Encodes the unasked message with which a server says why it hangs up, RFC 4511 section 4.4.1. */
export function encodeNoticeOfDisconnection(message: string): Buffer {
  return encodeResult(
    0,
    responseTag.extended,
    { code: resultCode.protocolError, message },
    [],
    [encodeOctets(extensionOid.noticeOfDisconnection, 0x8a)],
  );
}

function encodeMessage(messageId: number, operation: Buffer, controls: readonly Control[] = []): Buffer {
  const tail = controls.length === 0 ? [] : [encodeElement(0xa0, ...controls.map(encodeControl))];
  return encodeSequence(encodeInteger(messageId), operation, ...tail);
}

function encodeControl({ oid, isCritical, value }: Control): Buffer {
  return encodeSequence(
    encodeOctets(oid),
    ...(isCritical ? [encodeBoolean(true)] : []),
    ...(value === undefined ? [] : [encodeOctets(value)]),
  );
}
