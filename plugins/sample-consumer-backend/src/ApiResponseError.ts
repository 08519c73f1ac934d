import { CustomErrorBase } from '@backstage/errors';

/**
 * The API was reached and did not answer with a success. A 502, whatever it answered: its 401 is not ours to pass on, as
 * it would sign the user out of Backstage.
 */
export class ApiResponseError extends CustomErrorBase {
  name = 'ApiResponseError';
  readonly statusCode = 502;
  readonly apiStatus: number;

  constructor(datasource: string, apiStatus: number) {
    super(`The API of datasource '${datasource}' answered HTTP ${apiStatus}`);
    this.apiStatus = apiStatus;
  }
}
