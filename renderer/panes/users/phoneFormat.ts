import { useSyncExternalStore } from 'react';

type Format = (phone: string) => string;

const asItIs: Format = (phone) => phone;
let format = asItIs;
let isLoading = false;
const listeners = new Set<() => void>();

/** The numbers of a few screens; formatting is slow enough to be seen while scrolling. */
const keptNumbers = 5_000;

async function load() {
  isLoading = true;
  const { default: parse } = await import('libphonenumber-js/min');
  const known = new Map<string, string>();
  format = (phone) => {
    const cached = known.get(phone);
    if (cached !== undefined) return cached;
    const text = phone.startsWith('+') ? (parse(phone)?.formatInternational() ?? phone) : phone;
    if (known.size >= keptNumbers) known.clear();
    known.set(phone, text);
    return text;
  };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  if (!isLoading) void load();
  return () => listeners.delete(listener);
}

/** E.164 to the international format; the numbering plans come after the first rows, until then numbers are shown as they are. */
export function usePhoneFormat(): Format {
  return useSyncExternalStore(subscribe, () => format);
}
