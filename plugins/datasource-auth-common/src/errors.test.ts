import { serializeError } from '@backstage/errors';
import {
  DatasourceAuthError,
  DatasourceConsumerNotAllowedError,
  DatasourceNotAuthorizedError,
  DatasourceNotConfiguredError,
  DatasourceUnavailableError,
} from './errors';

describe('errors', () => {
  it.each([
    [DatasourceNotConfiguredError, 409, 'datasource_not_configured'],
    [DatasourceNotAuthorizedError, 409, 'datasource_not_authorized'],
    [DatasourceConsumerNotAllowedError, 403, 'consumer_not_allowed'],
    [DatasourceUnavailableError, 503, 'datasource_unavailable'],
  ])(
    '%p responds with %i, a stable code, and a name',
    (Kind, statusCode, code) => {
      const error = new Kind('Why and what to do', {
        link: 'https://backstage.example/datasource-auth/crm',
      });
      expect(error).toBeInstanceOf(DatasourceAuthError);
      expect(error.name).toBe(Kind.name);
      expect(serializeError(error)).toMatchObject({
        name: Kind.name,
        message: 'Why and what to do',
        code,
        statusCode,
        link: 'https://backstage.example/datasource-auth/crm',
      });
    },
  );

  it('never uses status 401, which would sign the user out', () => {
    for (const Kind of [
      DatasourceNotConfiguredError,
      DatasourceNotAuthorizedError,
      DatasourceConsumerNotAllowedError,
      DatasourceUnavailableError,
    ]) {
      expect(new Kind('x').statusCode).not.toBe(401);
    }
  });

  it('[checklist 46] has no cause and no unknown property, because both would reach the client', () => {
    const error = new DatasourceAuthError('Why', {
      code: 'in_use',
      statusCode: 409,
      ...({ cause: new Error('hush'), token: 'hush' } as object),
    });
    expect(error.cause).toBeUndefined();
    expect(JSON.stringify(serializeError(error))).not.toContain('hush');
    expect(serializeError(error)).toEqual({
      name: 'DatasourceAuthError',
      message: 'Why',
      code: 'in_use',
      statusCode: 409,
      stack: undefined,
    });
  });
});
