/** An outbound rule of Windows Firewall that is in force. */
export interface OutboundRule {
  /** As it is shown in Windows. */
  readonly name: string;
  readonly action: 'allow' | 'block';
  /** `any`, or names of profiles in lower case. */
  readonly profiles: readonly string[];
  /** `any`, `tcp`, `udp`, or the number of another protocol. */
  readonly protocol: string;
  /** `any`, `443` or `1000-2000`; a word such as `rpc` is no port that we use. */
  readonly remotePorts: readonly string[];
  /** `any`, addresses, ranges, or words such as `localsubnet`; in lower case. */
  readonly remoteAddresses: readonly string[];
  /** Full path; null: any program. */
  readonly program: string | null;
  /** It holds for a service of Windows or an app of the store only. */
  readonly isOfServiceOrApp: boolean;
}

export interface RulesInForce {
  /** Those of the networks that this computer is in. */
  readonly profiles: readonly { readonly name: string; readonly isEnabled: boolean; readonly defaultOutbound: 'allow' | 'block' }[];
  readonly rules: readonly OutboundRule[];
  /** Of this process. */
  readonly program: string;
  /** Such as `192.168.1.0/24`. */
  readonly localSubnets: readonly string[];
}

/** Windows Firewall of this computer. */
export interface WindowsFirewallRules {
  /** Rejects with `windows-firewall-unreadable`, whose message says why. */
  read(signal: AbortSignal): Promise<RulesInForce>;
}
