import { setUpSharedServers } from './servers/sharedServers.ts';

/** Both vitest and Playwright call this before their first test, and what it returns after the last. */
// oxlint-disable-next-line import/no-default-export -- Playwright knows only this way
export default setUpSharedServers;
