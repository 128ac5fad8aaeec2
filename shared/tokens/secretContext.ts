/** What a token's secret is bound to in the vault. */
export const secretContext = (id: number): string => `oath token ${id}`;
