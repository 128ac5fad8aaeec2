import { describe, expect, it } from 'vitest';
import { createEntry, createEntryStore, DataError } from './entryStore.ts';

const record = (dn: string, ...members: string[]) => ({
  dn,
  attributes: members.map((member) => ({ name: 'member', value: Buffer.from(member) })),
});
const dns = (entries: Iterable<{ dn: string }>) => [...entries].map(({ dn }) => dn);

describe('the entry store', () => {
  const tree = () => createEntryStore(['DC=x', 'OU=a,DC=x', 'CN=1,OU=a,DC=x', 'OU=b,DC=x', 'CN=2,OU=b,DC=x'].map((dn) => record(dn)));

  it('lists children and subtrees, parents first', () => {
    expect(dns(tree().children('dc=x'))).toEqual(['OU=a,DC=x', 'OU=b,DC=x']);
    expect(dns(tree().subtree('dc=x'))).toEqual(['DC=x', 'OU=a,DC=x', 'CN=1,OU=a,DC=x', 'OU=b,DC=x', 'CN=2,OU=b,DC=x']);
    expect(dns(tree().subtree('ou=none,dc=x'))).toEqual([]);
  });

  it('removes an entry with everything below it', () => {
    const store = tree();

    store.remove('ou=a,dc=x');

    expect(dns(store.subtree('dc=x'))).toEqual(['DC=x', 'OU=b,DC=x', 'CN=2,OU=b,DC=x']);
    expect(store.find('cn=1,ou=a,dc=x')).toBeUndefined();
  });

  it('finds who refers to a target, also after a change', () => {
    const store = createEntryStore([record('DC=x'), record('CN=g,DC=x', 'cn=A,dc=X', 'CN=out,DC=y')]);
    expect(dns(store.referrers('member').get('cn=a,dc=x') ?? [])).toEqual(['CN=g,DC=x']);

    store.put(createEntry('CN=g,DC=x', []));

    expect(store.referrers('member').get('cn=a,dc=x')).toBeUndefined();
  });

  it('refuses entries without a parent and names that are none', () => {
    expect(() => createEntryStore([record('DC=x'), record('CN=1,OU=a,DC=x')])).toThrow(DataError);
    expect(() => createEntryStore([record('nonsense')])).toThrow(DataError);
  });

  it('walks a level of 200,000 siblings', () => {
    const store = createEntryStore([record('DC=x')]);
    for (let index = 0; index < 200_000; index += 1) {
      store.put({ dn: `CN=${index},DC=x`, key: `cn=${index},dc=x`, attributes: new Map() });
    }

    expect(dns(store.subtree('dc=x'))).toHaveLength(200_001);
  });
});
