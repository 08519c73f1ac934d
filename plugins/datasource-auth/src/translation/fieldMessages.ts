import { FieldId, HelpId, OmittableId } from '../kinds';

/** Labels of the settings, by the id of the field table. */
export const fieldMessages = {
  title: 'Title',
  name: 'Name',
  description: 'Description',
  consumers: 'Consumers',
  owner: 'Owner',
  tags: 'Tags',
  baseUrl: 'Base URL',
  allowedHosts: 'Additional allowed hosts',
  testPath: 'Test path',
  authType: 'Authentication type',
  grantType: 'Grant type',
  issuer: 'Issuer',
  clientId: 'Client ID',
  clientSecret: 'Client secret',
  clientSecretExpiresAt: 'Secret or key expires on',
  authorizeUrl: 'Authorize URL',
  tokenUrl: 'Token URL',
  username: 'User name',
  password: 'Password',
  scopes: 'Scopes',
  authorizeMethod: 'Authorize method',
  authorizeParams: 'Extra authorize parameters',
  authorizeRename: 'Renamed authorize parameters',
  responseType: 'Response type',
  fragment: 'The answer comes in the fragment',
  rawScope: 'Do not encode the scope',
  pushedRequestUrl: 'Pushed authorization request URL',
  pkce: 'PKCE',
  scopeSeparator: 'Scope separator',
  resource: 'Resource',
  audience: 'Audience',
  redirectUri: 'Redirect URI kind',
  requireIss: 'Require the issuer in the answer (iss)',
  codeParam: 'Code parameter of the answer',
  stateParam: 'State parameter of the answer',
  callbackKeep: 'Callback parameters to keep',
  clientAuthentication: 'Client authentication',
  privateKey: 'Private key',
  keyId: 'Key ID',
  keyAlgorithm: 'Key algorithm',
  keyAudience: 'Audience of the signed assertion',
  keyCertificate: 'Certificate of the private key',
  tokenMethod: 'Token method',
  tokenContentType: 'Token request content type',
  tokenParams: 'Extra token parameters',
  tokenQuery: 'Extra token query parameters',
  tokenHeaders: 'Extra token headers',
  tokenRename: 'Renamed token parameters',
  tokenGrantType: 'Grant type on the wire',
  connectMs: 'Connect timeout (ms)',
  responseMs: 'Response timeout (ms)',
  refreshUrl: 'Refresh URL',
  refreshMethod: 'Refresh method',
  refreshParams: 'Extra refresh parameters',
  refreshMode: 'Refresh mode',
  refreshGrantType: 'Grant type on the wire when refreshing',
  refreshSendScope: 'Send the scopes when refreshing',
  refreshRedirectUri: 'Send the redirect URI when refreshing',
  idleDays: 'Refresh even if idle every (days)',
  idleHours: 'Refresh even if idle every (hours)',
  idleMinutes: 'Refresh even if idle every (minutes)',
  refreshBeforeExpirySeconds: 'Renew before expiry (s)',
  defaultLifetimeSeconds: 'Assumed lifetime when none is given (s)',
  revokeUrl: 'Revocation URL',
  accessTokenPath: 'Access token property',
  expiresInPath: 'Expires in property',
  expiresInUnit: 'Expires in unit',
  expiresAtPath: 'Expires at property',
  refreshTokenPath: 'Refresh token property',
  refreshExpiresInPath: 'Refresh token expires in property',
  tokenTypePath: 'Token type property',
  tokenTypes: 'Accepted token types',
  scopePath: 'Scope property',
  errorPath: 'Error property',
  successPath: 'Success property',
  successEquals: 'Success value',
  responseKeep: 'Extra fields to expose to consumers',
  rejectedStatuses: 'Statuses that mean "token rejected"',
  headerName: 'Header name',
  headerPrefix: 'Header prefix',
  instance: 'Instance values',
  gatewayRoutes: 'Gateway routes',
  gatewayRequestBytes: 'Largest gateway request (bytes)',
  gatewayResponseBytes: 'Largest gateway response (bytes)',
  importedFrom: 'Imported from',
} as const satisfies Record<FieldId, string>;

/** Help below the settings that need it. Templates are shown as [[instance.x]] and put right by the component. */
export const helpMessages = {
  name: 'Plugins refer to this name. It cannot be changed later.',
  description: 'What it is for, and which environment.',
  consumers: 'Plugins that may take tokens. Nobody until you choose.',
  owner:
    'Gets notified when a person is needed. An entity such as group:default/platform.',
  baseUrl: 'Tokens are only attached to requests under this address.',
  allowedHosts:
    'Hosts besides the base URL, separated by spaces: host or host:port.',
  testPath:
    'A path below the base URL that returns 200, such as /me. Test connection calls it with GET. Add the word encodedSlash behind a path with %2F.',
  issuer: 'Optional. Compared with what the provider says about itself.',
  clientSecretExpiresAt: 'Optional. Backstage warns before it expires.',
  authorizeUrl: 'Usually ends with /authorize',
  tokenUrl: 'Usually ends with /token',
  scopes: 'Optional. Separate scopes with spaces.',
  authorizeParams:
    'Sent to the authorize URL, such as access_type=offline. Templates like [[instance.tenant]] are filled in.',
  authorizeRename:
    "The standard name, and the provider's name for it. Nothing as its name drops the parameter.",
  responseType: 'Only where the provider wants another one than code.',
  pushedRequestUrl:
    'Where the provider takes the authorization request beforehand (RFC 9126).',
  scopeSeparator:
    'What stands between two scopes; a space unless the provider deviates.',
  resource:
    'Identifiers of the web API to access on behalf of the user (RFC 8707), separated by spaces.',
  audience: 'For providers that ask for an audience instead of a resource.',
  redirectUri:
    'An address of its own protects against mix-up where the provider does not name itself in the answer.',
  callbackKeep: 'Such as realmId. Consumers get them beside the token.',
  clientAuthentication: 'How the client proves who it is at the token URL.',
  privateKey: 'PEM (PKCS#8) or JWK. Used to sign, never sent.',
  keyAudience: 'The issuer or the token URL unless the provider deviates.',
  keyCertificate:
    'PEM. Only for providers that find the key by its thumbprint (x5t), such as Microsoft Entra ID.',
  tokenMethod:
    'GET puts secrets into the address. Only for providers that accept nothing else.',
  tokenRename: "The standard name, and the provider's name for it.",
  tokenGrantType: 'Only where the provider wants another grant_type value.',
  connectMs:
    'Until the request is sent, for all addresses of the host together. Default: 10000.',
  responseMs:
    'Until the response is complete. Leave empty for 15 s to the first byte and 50 s in total.',
  refreshUrl: 'The token URL unless the provider deviates.',
  refreshParams:
    'Replace the extra token parameters. Leave empty to send those.',
  refreshGrantType:
    'Only where the provider wants another value than refresh_token.',
  idleDays: 'Keeps refresh tokens alive that die when nobody uses them.',
  defaultLifetimeSeconds: 'Used when the answer has no expiry.',
  accessTokenPath: 'Dotted paths such as data.access_token are possible.',
  expiresAtPath: 'Where the expiry is a point in time instead of a lifetime.',
  successPath:
    'For providers that report errors with status 200: the token is taken only if this property has this value.',
  responseKeep:
    'Such as instance_url. An allow-list; tokens cannot be exposed.',
  rejectedStatuses:
    'Answers of the API after which another token is obtained once.',
  instance:
    'Values such as tenant or region for [[instance.tenant]] in addresses and parameters.',
  gatewayRoutes:
    'One per line: GET,POST /path. Closed until there is one. Add the word encodedSlash to let %2F through: GET /projects/:id encodedSlash.',
} as const satisfies Record<HelpId, string>;

/** Checkboxes below the settings whose empty value differs from an absent one. */
export const omitMessages = {
  clientId:
    'No client ID: send the secret alone, as the user name of the Basic header',
  tokenGrantType: 'Send no grant type',
  refreshParams: 'Send no extra parameters when refreshing',
  refreshGrantType: 'Send no grant type when refreshing',
} as const satisfies Record<OmittableId, string>;
