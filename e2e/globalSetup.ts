import { setUpSharedServers } from './servers/sharedServers.ts';

/** Both vitest and Playwright call this before their first test, and what it returns after the last. */
export default setUpSharedServers;
