import { escapeHtml } from '../../../../shared/email/htmlPart.ts';

/** Text that is HTML already. Made by `html` alone, so that nothing gets in without being escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | null | readonly Html[];

function written(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return escapeHtml(String(part));
}

/** A piece of a page. What is put in is shown as it is, whatever it contains. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(literals.reduce((text, literal, at) => text + written(parts[at - 1] ?? null) + literal));
}
