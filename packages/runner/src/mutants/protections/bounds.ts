import { ProtectedPackage } from '../Protection';

const TEST = 'attacks/bounds.test.ts';
const AUDIT = 'access/Audit.ts';
const STOPS = 'authorizations/BrowserRedirects.ts';

export const bounds: ProtectedPackage = {
  folder: 'plugins/datasource-auth-backend',
  protections: [
    {
      name: 'a name or id in a path is validated first',
      file: 'http/apiRouter.ts',
      code: 'if (pattern.test(req.params[parameter])) next();',
      off: 'if (pattern) next();',
      test: TEST,
    },
    {
      name: 'a refused name is no key of the audit',
      file: 'access/AuthorizedTokens.ts',
      code: "refused({ action: 'token', caller }, 'not_a_plugin')",
      off: "refused({ action: 'token', caller, datasource: name }, 'not_a_plugin')",
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
      name: 'counts are told once an hour',
      file: AUDIT,
      code: '(!options.all && now - toldAt < HOUR)',
      off: '(!options.all && now < toldAt)',
      test: TEST,
    },
    {
      name: 'refusals of an hour that get an event are limited',
      file: AUDIT,
      code: 'if (this.#told.keys.size >= MAX_TOLD) {',
      off: 'if (this.#told.keys.size < 0) {',
      test: 'access/Audit.test.ts',
    },
    {
      name: 'what cannot be a ticket is not hashed',
      file: STOPS,
      code: 'if (!isRandomToken(ticket)) throw ticketInvalid();',
      off: '',
      test: TEST,
    },
    {
      name: 'what cannot be a handle is not hashed',
      file: STOPS,
      code: 'if (!isRandomToken(handle)) return undefined;',
      off: '',
      test: TEST,
    },
    {
      name: 'what cannot be a state is not hashed',
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
