import { SaxesParser } from 'saxes';
import { AppError } from '../../../../shared/contract/errors.ts';

/** An element of a PSKC document, by local names: vendors use every prefix there is. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** PSKC nests nine deep. */
const maximumDepth = 40;

/**
 * Reads XML; calls back for each `KeyPackage` and forgets it, so that a large file needs little memory. Answers the root
 * without the packages. A DOCTYPE is refused, and with it every entity that could be expanded.
 * Throws AppError `token-file-not-valid`.
 */
export function readPskcXml(text: string, onPackage: (element: XmlElement, root: XmlElement) => void): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;

  parser.on('error', (error) => {
    throw new AppError('token-file-not-valid', `The file is not well-formed XML: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new AppError('token-file-not-valid', 'The file has a DOCTYPE, which can hide entities that expand without end. It is not read.');
  });
  parser.on('opentag', (tag) => {
    if (open.length >= maximumDepth) throw new AppError('token-file-not-valid', 'The elements of the file are nested too deeply.');
    const attributes = Object.fromEntries(Object.values(tag.attributes).map(({ local, value }) => [local, value]));
    const element: XmlElement = { name: tag.local, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const addText = (part: string) => {
    const element = open.at(-1);
    if (element) element.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element?.name !== 'KeyPackage' || !root) return;
    open.at(-1)?.children.pop();
    onPackage(element, root);
  });
  for (let at = 0; at < text.length; at += 65_536) parser.write(text.slice(at, at + 65_536));
  parser.close();
  if (!root) throw new AppError('token-file-not-valid', 'The file is empty.');
  return root;
}

/** The first element on this path, if any. */
export function childOf(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((at, name) => at?.children.find((child) => child.name === name), element);
}

export function textOf(element: XmlElement | undefined, ...path: readonly string[]): string {
  return childOf(element, ...path)?.text.trim() ?? '';
}
