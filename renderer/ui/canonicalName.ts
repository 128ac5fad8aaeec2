/**
 * A distinguished name (RFC 4514) in the form that Windows tools show: `CN=Ada,OU=Sales,DC=contoso,DC=com` reads as `contoso.com/Sales/Ada`.
 * What is no distinguished name, or has no domain, stays as it is.
 */
export function canonicalName(dn: string): string {
  const parts = rdns(dn);
  const domain = parts?.filter(({ type }) => type === 'dc').map(({ value }) => value);
  if (!parts || !domain || domain.length === 0) return dn;
  const path = parts.filter(({ type }) => type !== 'dc').map(({ value }) => value.replaceAll('/', '\\/'));
  return [domain.join('.'), ...path.toReversed()].join('/');
}

/** Where an entry lies: the canonical name of what contains it. */
export function canonicalParent(dn: string): string {
  const first = splitRdns(dn)[0] ?? '';
  return canonicalName(dn.slice(first.length).replace(/^\s*,\s*/, ''));
}

function rdns(dn: string): { readonly type: string; readonly value: string }[] | null {
  const parts = splitRdns(dn).map((part) => /^\s*([A-Za-z][\w.-]*)\s*=\s*([\s\S]*?)\s*$/.exec(part));
  if (parts.some((part) => part === null)) return null;
  return parts.map((part) => ({ type: part![1]!.toLowerCase(), value: unescaped(part![2]!) }));
}

function splitRdns(dn: string): readonly string[] {
  return dn.match(/(?:\\[\s\S]|[^,\\])+/g) ?? [];
}

/** Escaped bytes are UTF-8; any other escaped character stands for itself. */
function unescaped(value: string): string {
  return value.replace(/((?:\\[0-9A-Fa-f]{2})+)|\\([\s\S])/g, (_all, bytes: string | undefined, character: string) => {
    if (bytes === undefined) return character;
    return new TextDecoder().decode(Uint8Array.from(bytes.slice(1).split('\\'), (hex) => Number.parseInt(hex, 16)));
  });
}
