import { ProtectedPackage } from '../Protection';

const TEST = 'attacks/bounds.test.ts';
const AUDIT = 'access/Audit.ts';
const STOPS = 'authorizations/BrowserRedirects.ts';

export const bounds: ProtectedPackage = {
  folder: 'plugins/datasource-auth-backend',
  protections: [
    {
      name: 'names and IDs in a path are validated first',
      file: 'http/apiRouter.ts',
      code: 'if (pattern.test(req.params[parameter])) next();',
      off: 'if (pattern) next();',
      test: TEST,
    },
    {
      name: "an invalid name isn't a key in the audit log",
      file: 'access/PluginRights.ts',
      code: "refused({ action: 'token', caller }, 'not_a_plugin')",
      off: "refused({ action: 'token', caller, datasource: `${Math.random()}` }, 'not_a_plugin')",
      test: TEST,
    },
    {
      name: 'calls that anyone can make are counted, not audited',
      file: AUDIT,
      code: 'if (error instanceof OAuthExchangeError) {',
      off: 'if (error) {',
      test: TEST,
    },
    {
      name: 'counts are reported once an hour',
      file: AUDIT,
      code: '(!options.all && now - toldAt < HOUR)',
      off: '(!options.all && now < toldAt)',
      test: TEST,
    },
    {
      name: 'the number of refusals per hour with their own event is limited',
      file: AUDIT,
      code: 'if (this.#told.keys.size >= MAX_TOLD) {',
      off: 'if (this.#told.keys.size < 0) {',
      test: 'access/Audit.test.ts',
    },
    {
      name: 'an invalid ticket is rejected before hashing',
      file: STOPS,
      code: 'if (!isRandomToken(ticket)) throw ticketInvalid();',
      off: '',
      test: TEST,
    },
    {
      name: 'an invalid handle is rejected before hashing',
      file: STOPS,
      code: 'if (!isRandomToken(handle)) return undefined;',
      off: '',
      test: TEST,
    },
    {
      name: 'an invalid state is rejected before hashing',
      file: STOPS,
      code: '.filter(isRandomToken)',
      off: '.filter(Boolean)',
      test: TEST,
    },
  ],
};

export const tokenMemoryBounds: ProtectedPackage = {
  folder: 'plugins/datasource-auth-node',
  protections: [
    {
      name: 'the node library remembers a limited number of tokens',
      file: 'tokens/TokenMemory.ts',
      code: '{ max: MOST_SLOTS }',
      off: '{ max: 2 * MOST_SLOTS }',
      test: 'tokens/TokenMemory.test.ts',
    },
  ],
};
