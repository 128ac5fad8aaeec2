import { BerError, createBerCursor, readBoolean, readText, type BerElement } from './ber.ts';
import type { ExtensibleFilter, Filter, SubstringsFilter, ValueAssertion } from './messages.ts';

/** Deeper filters are refused: nobody writes them by hand, and recursion must end before the stack does. */
const maxFilterDepth = 100;

/** Decodes a filter of RFC 4511 section 4.5.1.7. Throws BerError. */
export function decodeFilter(element: BerElement, depth = 0): Filter {
  if (depth > maxFilterDepth) throw new BerError('The filter is nested too deeply.');
  switch (element.tag) {
    case 0xa0:
      return { kind: 'and', parts: decodeParts(element, depth) };
    case 0xa1:
      return { kind: 'or', parts: decodeParts(element, depth) };
    case 0xa2: {
      const inner = createBerCursor(element.content);
      const part = decodeFilter(inner.next(), depth + 1);
      if (!inner.atEnd()) throw new BerError('A negation has more than one part.');
      return { kind: 'not', part };
    }
    case 0xa3:
      return decodeAssertion('equality', element);
    case 0xa4:
      return decodeSubstrings(element);
    case 0xa5:
      return decodeAssertion('greaterOrEqual', element);
    case 0xa6:
      return decodeAssertion('lessOrEqual', element);
    case 0x87:
      return { kind: 'present', attribute: readText(element) };
    case 0xa8:
      return decodeAssertion('approx', element);
    case 0xa9:
      return decodeExtensible(element);
    default:
      throw new BerError(`There is no filter with tag 0x${element.tag.toString(16)}.`);
  }
}

function decodeParts(element: BerElement, depth: number): Filter[] {
  const cursor = createBerCursor(element.content);
  const parts: Filter[] = [];
  while (!cursor.atEnd()) parts.push(decodeFilter(cursor.next(), depth + 1));
  return parts;
}

function decodeAssertion(kind: ValueAssertion['kind'], element: BerElement): ValueAssertion {
  const cursor = createBerCursor(element.content);
  return { kind, attribute: readText(cursor.next(0x04)), value: cursor.next(0x04).content };
}

function decodeSubstrings(element: BerElement): SubstringsFilter {
  const cursor = createBerCursor(element.content);
  const attribute = readText(cursor.next(0x04));
  const pieces = createBerCursor(cursor.next(0x30).content);
  let initial: Buffer | undefined;
  let final: Buffer | undefined;
  const any: Buffer[] = [];
  if (pieces.atEnd()) throw new BerError('A substring filter has no substring.');
  while (!pieces.atEnd()) {
    const piece = pieces.next();
    if (final !== undefined) throw new BerError('A substring filter goes on after its final part.');
    if (piece.tag === 0x80 && initial === undefined && any.length === 0) initial = piece.content;
    else if (piece.tag === 0x81) any.push(piece.content);
    else if (piece.tag === 0x82) final = piece.content;
    else throw new BerError('A substring filter has a part in the wrong place.');
  }
  return { kind: 'substrings', attribute, initial, any, final };
}

function decodeExtensible(element: BerElement): ExtensibleFilter {
  const cursor = createBerCursor(element.content);
  const rule = cursor.peekTag() === 0x81 ? readText(cursor.next()) : undefined;
  const attribute = cursor.peekTag() === 0x82 ? readText(cursor.next()) : undefined;
  const value = cursor.next(0x83).content;
  const includesDn = cursor.peekTag() === 0x84 ? readBoolean(cursor.next()) : false;
  if (rule === undefined && attribute === undefined) throw new BerError('An extensible filter needs a rule or an attribute.');
  return { kind: 'extensible', rule, attribute, value, includesDn };
}
