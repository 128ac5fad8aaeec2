export { TokensPane as default } from './TokensPane.tsx';
