import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';
import { DatasourceAuthApi } from 'backstage-plugin-datasource-auth-react';

/** Each method as a mock. One that a test did not expect to be called rejects. */
export function apiStub(
  methods: Partial<jest.Mocked<DatasourceAuthApi>> = {},
): jest.Mocked<DatasourceAuthApi> {
  const unexpected = (name: string) =>
    jest.fn(async () => {
      throw new Error(`${name} was not expected`);
    });
  return {
    listDatasources: unexpected('listDatasources'),
    getDatasource: unexpected('getDatasource'),
    createDatasource: unexpected('createDatasource'),
    updateDatasource: unexpected('updateDatasource'),
    deleteDatasource: unexpected('deleteDatasource'),
    clearCredential: unexpected('clearCredential'),
    testDatasource: unexpected('testDatasource'),
    createAuthorization: unexpected('createAuthorization'),
    getAuthorization: unexpected('getAuthorization'),
    discardAuthorization: jest.fn(async () => {}),
    completeAuthorization: unexpected('completeAuthorization'),
    testAuthorization: unexpected('testAuthorization'),
    getHealth: jest.fn(async () => ({
      callbackUrl: 'https://backstage.example.com/oauth/callback/',
      passwordGrantEnabled: true,
      checks: [],
    })),
    ...methods,
  } as jest.Mocked<DatasourceAuthApi>;
}

/** An error as the client makes it of an answer. */
export function apiError(
  code: DatasourceAuthError['code'],
  statusCode: number,
  part: Partial<DatasourceAuthError> = {},
): DatasourceAuthError {
  return new DatasourceAuthError(part.message ?? code, {
    code,
    statusCode,
    ...part,
  });
}
