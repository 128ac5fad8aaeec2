import { Filter as LdaptsFilter, SearchFilter, type BerWriter, type SearchFilterValues } from 'ldapts';
import type { Filter } from '../../../shared/directory/filterSyntax.ts';

const comparisonTags = {
  equal: SearchFilter.equalityMatch,
  greaterOrEqual: SearchFilter.greaterOrEqual,
  lessOrEqual: SearchFilter.lessOrEqual,
  approximately: SearchFilter.approxMatch,
} as const;

/**
 * Lets a parsed filter travel in a SearchRequest of ldapts. Its own parser turns `\c3\bc` into two letters instead of the bytes of
 * one and refuses numeric attribute names, so it is not used.
 */
export class EncodedFilter extends LdaptsFilter {
  override readonly type: SearchFilterValues = SearchFilter.present;
  readonly #filter: Filter;

  constructor(filter: Filter) {
    super();
    this.#filter = filter;
  }

  override write(writer: BerWriter): void {
    encodeFilter(writer, this.#filter);
  }

  override toString(): string {
    return '(parsed filter)';
  }
}

function encodeFilter(writer: BerWriter, filter: Filter): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      writer.startSequence(filter.kind === 'and' ? SearchFilter.and : SearchFilter.or);
      for (const part of filter.parts) encodeFilter(writer, part);
      writer.endSequence();
      return;
    case 'not':
      writer.startSequence(SearchFilter.not);
      encodeFilter(writer, filter.part);
      writer.endSequence();
      return;
    case 'present':
      writer.writeString(filter.attribute, SearchFilter.present);
      return;
    case 'equal':
    case 'greaterOrEqual':
    case 'lessOrEqual':
    case 'approximately':
      writer.startSequence(comparisonTags[filter.kind]);
      writer.writeString(filter.attribute);
      writer.writeBuffer(Buffer.from(filter.value), 0x04);
      writer.endSequence();
      return;
    case 'substrings':
      writer.startSequence(SearchFilter.substrings);
      writer.writeString(filter.attribute);
      writer.startSequence();
      if (filter.initial.length > 0) writer.writeBuffer(Buffer.from(filter.initial), 0x80);
      for (const piece of filter.any) writer.writeBuffer(Buffer.from(piece), 0x81);
      if (filter.final.length > 0) writer.writeBuffer(Buffer.from(filter.final), 0x82);
      writer.endSequence();
      writer.endSequence();
      return;
    case 'extensible':
      writer.startSequence(SearchFilter.extensibleMatch);
      if (filter.rule !== '') writer.writeString(filter.rule, 0x81);
      if (filter.attribute !== '') writer.writeString(filter.attribute, 0x82);
      writer.writeBuffer(Buffer.from(filter.value), 0x83);
      if (filter.withDn) writer.writeBoolean(true, 0x84);
      writer.endSequence();
      return;
  }
}
