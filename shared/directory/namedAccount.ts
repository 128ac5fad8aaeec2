/** An account that the directory has under a name. */
export interface NamedAccount {
  readonly dn: string;
  /** The attribute that holds the name. */
  readonly matched: string;
  /** As imports store it; empty where the account has none that can be used. */
  readonly directoryId: string;
  /** Empty where there is none. */
  readonly sid: string;
}
