import {
  DatasourceAuthError,
  DatasourceErrorCode,
  DatasourceErrorOptions,
  message as textOf,
} from 'backstage-plugin-datasource-auth-common';

/** Codes for responses without one, which come from Backstage itself or a proxy. */
function codeOf(status: number): DatasourceErrorCode {
  if (status === 404) return 'not_installed';
  if (status === 401 || status === 403) return 'not_allowed';
  if (status < 500) return 'invalid_request';
  return 'datasource_unavailable';
}

/** Returns the typed error of a failed response. Never rejects, even if the response isn't JSON. */
export async function readError(
  response: Response,
): Promise<DatasourceAuthError> {
  const body = (await response.json().catch(() => undefined)) as
    | { error?: Partial<DatasourceErrorOptions> & Partial<Error> }
    | undefined;
  const { message, name, ...rest } = body?.error ?? {};
  const code = rest.code ?? codeOf(response.status);
  const fallback =
    code === 'not_installed'
      ? textOf('error.notResponding')
      : textOf('error.status', {
          status: `${response.status} ${response.statusText}`.trim(),
        });
  const error = new DatasourceAuthError(
    rest.code
      ? message ?? fallback
      : (code !== 'not_installed' && message) || fallback,
    { ...rest, code, statusCode: response.status },
  );
  if (name) error.name = name;
  return error;
}
