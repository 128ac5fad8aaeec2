/** `DC=corp,DC=contoso,DC=com` reads as `corp.contoso.com` (RFC 2247); anything else stays as it is. */
export function domainName(baseDn: string): string {
  const labels = baseDn.split(',').map((part) => /^\s*dc\s*=\s*([A-Za-z0-9-]+)\s*$/i.exec(part)?.[1]);
  return labels.every((label) => label !== undefined) ? labels.join('.') : baseDn;
}
