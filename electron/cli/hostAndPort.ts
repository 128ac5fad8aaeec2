/** The two halves of HOST:PORT, an IPv6 address without its brackets. Judges neither of them. Null where it is written otherwise. */
export function splitHostAndPort(written: string): { readonly host: string; readonly port: string } | null {
  const [, bracketed, plain = '', port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(written) ?? [];
  return port === undefined ? null : { host: bracketed ?? plain, port };
}
