import { CustomErrorBase } from '@backstage/errors';

/**
 * The API responded without success. The status is always 502, because passing on a 401 would sign the user
 * out of Backstage.
 */
export class ApiResponseError extends CustomErrorBase {
  name = 'ApiResponseError';
  readonly statusCode = 502;
  readonly apiStatus: number;

  constructor(datasource: string, apiStatus: number) {
    super(`The API of datasource '${datasource}' returned HTTP ${apiStatus}`);
    this.apiStatus = apiStatus;
  }
}
