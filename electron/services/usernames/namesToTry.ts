/**
 * The names under which somebody is looked for: what he entered, and where `stripDomain` says so what is left without the domain of
 * `DOMAIN\\user` or `user@domain`.
 */
export function namesToTry(name: string, stripDomain: boolean): string[] {
  if (!stripDomain) return [name];
  const withoutPrefix = name.slice(name.indexOf('\\') + 1);
  const at = name.includes('\\') ? -1 : withoutPrefix.lastIndexOf('@');
  const stripped = at > 0 ? withoutPrefix.slice(0, at) : withoutPrefix;
  return stripped === '' || stripped === name ? [name] : [name, stripped];
}
