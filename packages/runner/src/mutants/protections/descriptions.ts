import { ProtectedPackage } from '../Protection';

const OFFER = 'imports/offerCodeFlow.ts';
const OFFER_TEST = 'imports/offerCodeFlow.test.ts';

/** API descriptions and presets only propose settings, and never decide where a stored secret goes. */
export const descriptions: ProtectedPackage = {
  folder: 'plugins/datasource-auth-backend',
  protections: [
    {
      name: 'a preset is proposed only for its own host',
      file: OFFER,
      code: 'new RegExp(`^${pattern}$`, ',
      off: 'new RegExp(pattern, ',
      test: OFFER_TEST,
    },
    {
      name: 'a preset that accepts any host is proposed only for its default',
      file: OFFER,
      code: 'if (pattern && (literal || closed)) return pattern;',
      off: 'if (pattern) return pattern;',
      test: OFFER_TEST,
    },
    {
      name: 'only a preset, not a document, decides where the client secret goes',
      file: OFFER,
      code: '...(!found && { tokenUrl, refreshUrl }),',
      off: 'tokenUrl,\n    refreshUrl,',
      test: OFFER_TEST,
    },
    {
      name: "a key of a description doesn't replace the token",
      file: 'openapi/keys.ts',
      code: ' && !isInAuthorization(key)',
      off: '',
      test: 'openapi/keys.test.ts',
    },
    {
      name: 'a description proposes no header that each call sets itself',
      file: 'openapi/keys.ts',
      code: 'return isAccepted(where, name)',
      off: 'return where',
      test: 'openapi/keys.test.ts',
    },
    {
      name: 'a base URL is checked before it is saved',
      file: 'openapi/servers.ts',
      code: 'addressProblem(withDefaults(server), check)',
      off: 'addressProblem(withDefaults(server), () => {})',
      test: 'openapi/proposeOpenApi.test.ts',
    },
  ],
};
