import type { Block, Segment } from './blocks.ts';

/** The plain text part. Lines are not broken: the reader's program knows how wide its window is. */
export function textOf(blocks: readonly Block[]): string {
  return `${blocks.map(blockText).join('\n\n')}\n`;
}

const said = (line: readonly Segment[]): string => line.map(({ text }) => text).join('');

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${said(block.line)}\n${'='.repeat(Math.min(60, [...said(block.line)].length))}`;
    case 'paragraph':
      return block.lines.map(said).join('\n');
    case 'list':
      return block.items.map((item, index) => `${block.numbered ? `${index + 1}.` : '-'} ${said(item)}`).join('\n');
    case 'facts': {
      const width = Math.max(...block.rows.map(({ label }) => label.length)) + 2;
      return block.rows.map(({ label, value }) => `    ${`${label}:`.padEnd(width)}${said(value)}`).join('\n');
    }
  }
}
