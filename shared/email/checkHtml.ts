import { partsOf } from '../texts/variableParts.ts';
import { htmlTokens, voidElements, type HtmlAttribute, type HtmlToken } from './htmlTokens.ts';
import { isWebAddress } from './links.ts';
import { droppedDeclarations, droppedRules, dropsAttribute, dropsElement, dropsPicture, importedBy, type Dropped } from './outlookDrops.ts';
import type { Finding } from './templateProblem.ts';

/** Elements that run or load something: mail programs take them out, and spam filters take offence. */
const forbidden = new Set('script iframe frame frameset object embed applet base link'.split(' '));
/** End tags that may be left out (HTML standard, "Optional tags"). */
const closesItself = new Set('p li dt dd tr td th thead tbody tfoot option colgroup html head body'.split(' '));

type Tag = Extract<HtmlToken, { kind: 'open' | 'close' }>;

/** What is wrong with a body in HTML of the author: for the reader, for mail programs, and for the values that stand in it. */
export function checkHtml(html: string): Finding[] {
  const found: Finding[] = [];
  const open: Tag[] = [];
  for (const token of htmlTokens(html)) {
    if (token.kind === 'broken') found.push({ kind: 'tag-not-closed', at: token.at, length: token.name.length + 1 });
    if (token.kind === 'comment' && hasVariable(token.text))
      found.push({ kind: 'variable-in-tag', at: token.at, length: token.text.length });
    const inside = open.at(-1)?.name ?? '';
    if (token.kind === 'text' && /^(?:style|script)$/.test(inside) && hasVariable(token.text))
      found.push({ kind: 'variable-in-tag', at: token.at, length: token.text.length });
    if (token.kind === 'text' && inside === 'style') found.push(...checkStyles(token));
    if (token.kind === 'open') {
      found.push(...checkTag(token));
      if (!voidElements.has(token.name) && !token.isSelfClosed) open.push(token);
    } else if (token.kind === 'close') close(token, open, found);
  }
  return [...found, ...open.filter(isUnclosed).map(notClosed)].toSorted((one, other) => one.at - other.at);
}

const hasVariable = (text: string): boolean => partsOf(text).some(({ name }) => name !== undefined);
const isUnclosed = ({ name }: Tag): boolean => !closesItself.has(name);
const notClosed = ({ at, text }: Tag): Finding => ({ kind: 'tag-not-closed', at, length: text.length });

/** Ends an element and those in it that end with it. */
function close(tag: Tag, open: Tag[], found: Finding[]): void {
  const index = open.findLastIndex(({ name }) => name === tag.name);
  if (index === -1) {
    if (!closesItself.has(tag.name) && !voidElements.has(tag.name))
      found.push({ kind: 'tag-not-opened', at: tag.at, length: tag.text.length });
    return;
  }
  found.push(...open.splice(index).slice(1).filter(isUnclosed).map(notClosed));
}

function checkTag(tag: Tag): Finding[] {
  const { name, attributes, at, text } = tag;
  const whole = { at, length: text.length };
  const found: Finding[] = [];
  const isRefresh = name === 'meta' && attributes.some((one) => one.name === 'http-equiv' && /^refresh$/i.test(one.value.trim()));
  if (forbidden.has(name) || isRefresh) found.push({ kind: 'html-forbidden', ...whole });
  if (dropsElement(name)) found.push({ kind: 'html-dropped', ...whole });
  // What is left of the tag when its values in quotes are gone must have no variable: there nothing would keep it in its place.
  if (hasVariable(text.replaceAll(/"[^"]*"|'[^']*'/g, '""'))) found.push({ kind: 'variable-in-tag', ...whole });
  if (name === 'img' && !attributes.some((one) => one.name === 'alt')) found.push({ kind: 'image-without-text', ...whole });
  return [
    ...found,
    ...attributes.flatMap((one) => checkAttribute(name, one)),
    ...attributes
      .filter((one) => dropsAttribute(one.name))
      .map((one): Finding => ({ kind: 'html-dropped', at: one.at, length: one.name.length })),
  ];
}

function checkAttribute(element: string, { name, value, at }: HtmlAttribute): Finding[] {
  const place = { at, length: name.length };
  if (name.startsWith('on')) return [{ kind: 'html-forbidden', ...place }];
  if (name === 'style') {
    if (hasVariable(value)) return [{ kind: 'variable-in-tag', ...place }];
    return droppedDeclarations(value, element).map(({ written }): Finding => ({ kind: 'html-dropped', ...place, written }));
  }
  if (name === 'href') return checkLink(value.trim(), place);
  if (name !== 'src' && name !== 'background' && name !== 'srcset') return [];
  if (hasVariable(value)) return [{ kind: 'variable-in-tag', ...place }];
  if (/^https?:/i.test(value.trim())) {
    const address = { ...place, written: value.trim().slice(0, 200) };
    return [
      { kind: 'image-remote', ...address },
      ...(dropsPicture(address.written) ? [{ kind: 'html-dropped', ...address } as const] : []),
    ];
  }
  return [
    { kind: element === 'img' || name === 'background' ? 'image-not-readable' : 'html-dropped', ...place, written: value.slice(0, 60) },
  ];
}

function checkStyles({ text, at }: { readonly text: string; readonly at: number }): Finding[] {
  const found = (kind: Finding['kind']) => (one: Dropped) =>
    ({ kind, at: at + one.at, length: one.written.length, written: one.written.slice(0, 200) }) satisfies Finding;
  return [...droppedRules(text).map(found('html-dropped')), ...importedBy(text).map(found('image-remote'))];
}

/** People choose most values themselves: only the address of the User Portal may say where a link goes. */
function checkLink(value: string, place: { at: number; length: number }): Finding[] {
  const variables = partsOf(value).filter(({ name }) => name !== undefined);
  const isPortal = variables.length === 1 && variables[0]!.name === 'user_portal_url' && value.startsWith('<$');
  if (isPortal || (variables.length === 0 && (isWebAddress(value) || /^(?:mailto|tel):[^\s<>"']+$/i.test(value)))) return [];
  if (/^\s*(?:javascript|vbscript|data):/i.test(value)) return [{ kind: 'html-forbidden', ...place, written: value.slice(0, 60) }];
  return [{ kind: variables.length > 0 ? 'variable-in-tag' : 'link-not-readable', ...place, written: value.slice(0, 200) }];
}
