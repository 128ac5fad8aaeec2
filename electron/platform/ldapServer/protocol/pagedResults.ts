import { BerError, createBerCursor, encodeInteger, encodeOctets, encodeSequence, readInteger } from './ber.ts';
import type { Control } from './messages.ts';
import { controlOid } from './oids.ts';

/** Value of the paged results control, RFC 2696 section 2. In an answer `size` is an estimate, 0 = unknown. */
export interface PagedResults {
  readonly size: number;
  readonly cookie: Buffer;
}

/** Finds and decodes the paged results control. Answers undefined where there is none; throws BerError on a broken value. */
export function readPagedResults(controls: readonly Control[]): PagedResults | undefined {
  const control = controls.find(({ oid }) => oid === controlOid.pagedResults);
  if (control === undefined) return undefined;
  if (control.value === undefined) throw new BerError('The paged results control has no value.');
  const value = createBerCursor(createBerCursor(control.value).next(0x30).content);
  return { size: readInteger(value.next(0x02)), cookie: value.next(0x04).content };
}

export function pagedResultsControl({ size, cookie }: PagedResults): Control {
  return {
    oid: controlOid.pagedResults,
    isCritical: false,
    value: encodeSequence(encodeInteger(size), encodeOctets(cookie)),
  };
}
