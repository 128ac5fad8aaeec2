/** What runs, asks for other documents or shows some: no mail program keeps it, and prefetching would pass by a content policy. */
const dropped = 'script, link, base, iframe, frame, frameset, object, embed, meta[http-equiv], audio, video';
/** Attributes that load what they name. */
const loading = ['src', 'srcset', 'background', 'poster'] as const;
/** In a style: what is not part of the mail itself. */
const styleUrl = /url\(\s*["']?((?:https?:)?\/\/[^"')\s]+)/gi;

/**
 * Puts a mail into an empty document and answers the addresses of what it would load, each once. Nothing of that is loaded: it is taken
 * out here, and the policy of the document (`mailFramePolicy`) refuses the rest.
 */
export function showMail(page: Document, html: string, isDark: boolean): string[] {
  // The parser of the frame: with the one of the window, the policy of the window would refuse the styles of the mail.
  const { DOMParser: Parser } = page.defaultView as Window & typeof globalThis;
  const mail = new Parser().parseFromString(html, 'text/html');
  const blocked = new Set<string>();

  for (const element of mail.querySelectorAll(dropped)) element.remove();
  for (const element of mail.querySelectorAll('*')) {
    for (const name of loading) {
      const address = element.getAttribute(name);
      if (address === null || address.startsWith('data:')) continue;
      blocked.add(address);
      element.removeAttribute(name);
    }
    const style = element.localName === 'style' ? element.textContent : element.getAttribute('style');
    for (const [, address] of (style ?? '').matchAll(styleUrl)) blocked.add(address!);
  }
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

/** The reader's system is dark or not, whatever the one of the administrator is: a condition on it becomes one that always or never holds. */
function withScheme(css: string, isDark: boolean): string {
  return css.replace(/\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi, (_all, scheme: string) =>
    (scheme.toLowerCase() === 'dark') === isDark ? '(min-width:0px)' : '(max-width:0px)',
  );
}
