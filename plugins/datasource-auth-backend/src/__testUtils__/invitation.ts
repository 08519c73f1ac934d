import { AUTHORIZATION_REQUEST_HEADER } from 'backstage-plugin-datasource-auth-common';
import { ApiClient } from './startDatasourceAuth';

const PATH = '/authorization-requests/invitation';

/** The secret of the link that an answer to `POST /authorization-requests` has. */
export function secretOf(answer: { body: { link: string } }): string {
  return new URL(answer.body.link).hash.slice(1);
}

/** What is called with the secret of a link, for a way behind the invitation. */
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

/** Begins the approval that a link is good for. */
export const begin = caller('POST', '/authorization', {});

/** Says no to what a link asks for. */
export const decline = caller('POST', '/decline');
