import { AUTHORIZATION_REQUEST_HEADER } from 'backstage-plugin-datasource-auth-common';
import { ApiClient } from './startDatasourceAuth';

const PATH = '/authorization-requests/invitation';

/** Returns the secret of the link in a response to `POST /authorization-requests`. */
export function secretOf(answer: { body: { link: string } }): string {
  return new URL(answer.body.link).hash.slice(1);
}

/** Calls a path below the invitation with the secret of a link. */
export function callOf(secret: string, rest = '', body?: object) {
  return {
    path: `${PATH}${rest}`,
    body,
    headers: { [AUTHORIZATION_REQUEST_HEADER]: secret },
  };
}

function caller(method: string, rest?: string, sent?: object) {
  return (person: ApiClient, secret: string) => {
    const { path, body, headers } = callOf(secret, rest, sent);
    return person(method, path, body, headers);
  };
}

/** Opens a link, as its page does. */
export const open = caller('GET');

/** Starts the approval of a link. */
export const begin = caller('POST', '/authorization', {});

/** Declines the request of a link. */
export const decline = caller('POST', '/decline');
