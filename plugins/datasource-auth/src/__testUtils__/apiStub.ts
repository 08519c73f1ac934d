import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';
import { DatasourceAuthApi } from 'backstage-plugin-datasource-auth-react';

const METHODS: readonly (keyof DatasourceAuthApi)[] = [
  'listDatasources',
  'getDatasource',
  'createDatasource',
  'updateDatasource',
  'deleteDatasource',
  'clearCredential',
  'testDatasource',
  'listActivity',
  'listConsumers',
  'getImpact',
  'listAuthorizationRequests',
  'createAuthorizationRequest',
  'withdrawAuthorizationRequest',
  'getAuthorizationRequest',
  'authorizeAsRequested',
  'declineAuthorizationRequest',
  'exportDatasource',
  'createAuthorization',
  'getAuthorization',
  'discardAuthorization',
  'completeAuthorization',
  'testAuthorization',
  'listConnections',
  'confirmConnection',
  'enterConnection',
  'disconnect',
  'listConnectedPeople',
  'disconnectPerson',
  'disconnectEveryone',
  'getDelegation',
  'approveDelegation',
  'takeBackDelegation',
  'rehearseRenewal',
  'readIssuer',
  'importOpenApi',
  'getDescriptionChanges',
  'listPresets',
  'listPlugins',
  'getHealth',
];

/** Returns an API with the given methods as mocks. All other methods reject. */
export function apiStub(
  methods: Partial<DatasourceAuthApi> = {},
): jest.Mocked<DatasourceAuthApi> {
  const defaults: Partial<DatasourceAuthApi> = {
    discardAuthorization: async () => {},
    getImpact: async () => ({ consumers: [], handOuts24h: 0 }),
    listAuthorizationRequests: async () => ({ items: [] }),
    listPlugins: async () => ({ items: [] }),
    getHealth: async () => ({
      callbackUrl: 'https://backstage.example.com/oauth/callback/',
      passwordGrantEnabled: true,
      checks: [],
    }),
  };
  const given = { ...defaults, ...methods };
  return Object.fromEntries(
    METHODS.map(name => [
      name,
      jest.fn(
        (given[name] as jest.Mock) ??
          (async () => {
            throw new Error(`${name} was not expected`);
          }),
      ),
    ]),
  ) as unknown as jest.Mocked<DatasourceAuthApi>;
}

/** Returns an error as the client creates it from a response. */
export function apiError(
  code: DatasourceAuthError['code'],
  statusCode: number,
  part: Partial<DatasourceAuthError> = {},
): DatasourceAuthError {
  return new DatasourceAuthError(part.message ?? code, {
    code,
    statusCode,
    fields: part.fields,
    texts: part.texts,
    fieldTexts: part.fieldTexts,
    diagnosis: part.diagnosis,
  });
}
