/** So many answers are kept; then it begins anew. */
const most = 50_000;

/** A function of texts, asked for the same ones again and again: words, names of fields and sentences of log files repeat. */
export function remembered<T>(find: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as T;
    if (known.size >= most) known.clear();
    const found = find(text);
    known.set(text, found);
    return found;
  };
}
