/** What runs, asks for other documents or shows some: no mail program keeps it, and prefetching would pass by a content policy. */
const dropped = 'script, link, base, iframe, frame, frameset, object, embed, meta[http-equiv], audio, video';
/** Attributes that load what they name. */
const loading = ['src', 'srcset', 'background', 'poster', 'data'] as const;
/** Elements in which `href` names what is loaded, and no place to go to. */
const loadingHref = 'link, image, use, feImage';
const hrefs = ['href', 'xlink:href'] as const;
const refreshed = /;\s*url\s*=\s*["']?(?<address>[^"'\s]+)/i;
/** In a style, whether in `url()`, `image-set()` or behind `@import`: what is not part of the mail itself. */
const inStyle = /(?:https?:)?\/\/[^"')\s;,]+/gi;
const ownData = /data:[^)"']*/gi;

/**
 * Puts a mail into an empty document and answers the addresses of what it would load, each once. Nothing of that is loaded: it is taken
 * out here, and the policy of the document (`mailFramePolicy`) refuses the rest.
 */
export function showMail(page: Document, html: string, isDark: boolean): string[] {
  // The parser of the frame: with the one of the window, the policy of the window would refuse the styles of the mail.
  const { DOMParser: Parser } = page.defaultView as Window & typeof globalThis;
  const mail = new Parser().parseFromString(html, 'text/html');
  const blocked = new Set<string>();

  for (const element of mail.querySelectorAll('*')) for (const address of loadedBy(element)) blocked.add(address);
  for (const element of mail.querySelectorAll(dropped)) element.remove();
  for (const style of mail.querySelectorAll('style')) style.textContent = withScheme(style.textContent, isDark);
  for (const link of mail.querySelectorAll('a, area')) {
    // The frame opens no windows, so a click goes nowhere. What cannot be used takes no stop on the way of the keyboard.
    link.setAttribute('target', '_blank');
    link.setAttribute('tabindex', '-1');
    link.removeAttribute('ping');
  }
  page.documentElement.lang = mail.documentElement.lang;
  page.documentElement.innerHTML = mail.documentElement.innerHTML;
  return [...blocked];
}

/** What an element would load. Takes it out, but for what its style names: that the policy of the frame refuses. */
function loadedBy(element: Element): string[] {
  const found: string[] = [];
  for (const name of element.matches(loadingHref) ? [...loading, ...hrefs] : loading) {
    const address = element.getAttribute(name)?.trim() ?? '';
    if (address === '' || /^(?:data:|#)/i.test(address)) continue;
    found.push(address);
    element.removeAttribute(name);
  }
  const next = element.matches('meta[http-equiv="refresh" i]') && refreshed.exec(element.getAttribute('content') ?? '');
  if (next) found.push(next.groups!['address']!);
  const style = element.localName === 'style' ? element.textContent : (element.getAttribute('style') ?? '');
  return [...found, ...(style.replaceAll(ownData, '').match(inStyle) ?? [])];
}

/** The reader's system is dark or not, whatever the one of the administrator is: a condition on it becomes one that always or never holds. */
function withScheme(css: string, isDark: boolean): string {
  return css.replace(/\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi, (_all, scheme: string) =>
    (scheme.toLowerCase() === 'dark') === isDark ? '(min-width:0px)' : '(max-width:0px)',
  );
}
