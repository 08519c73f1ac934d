import { OpenApiValue } from 'backstage-plugin-datasource-auth-common';
import { DescriptionPlace } from './DescriptionPlace';

/** Throws a sentence if a URL may not be called. */
export type CheckUrl = (url: string) => void;

const MOST_CHARACTERS = 2_000;

/**
 * A URL in a document, with the reason why it can't be used. Relative URLs and those with `{variables}` are
 * checked again once they are complete.
 */
export function addressAt(
  place: DescriptionPlace | undefined,
  check: CheckUrl,
): OpenApiValue | undefined {
  if (!place || place.value === null) return undefined;
  const value =
    typeof place.value === 'string'
      ? place.value.trim().slice(0, MOST_CHARACTERS)
      : '';
  const problem = problemOf(place.value, value, check);
  return { value, from: place.from, ...(problem && { problem }) };
}

function problemOf(
  found: unknown,
  text: string,
  check: CheckUrl,
): OpenApiValue['problem'] {
  if (found === '' || text === '') {
    return typeof found === 'string'
      ? { code: 'empty', message: 'is empty' }
      : { code: 'not_a_url', message: "isn't text" };
  }
  // Templates are filled with values of the datasource, including secrets. A third-party document can't have
  // one.
  if (text.includes('{{')) {
    return { code: 'not_a_url', message: 'contains a template of Backstage' };
  }
  return addressProblem(text, check);
}

/** A variable as the scheme: `{protocol}://…` is an absolute URL, whatever the variable's name. */
const SCHEME_VARIABLE = /^\{+[^{}]*\}+(?=:\/\/)/;

/** Returns why an absolute URL can't be used. Returns nothing for a relative one. */
export function addressProblem(
  text: string,
  check: CheckUrl,
): OpenApiValue['problem'] {
  const absolute = text.replace(SCHEME_VARIABLE, 'https');
  if (!/^[a-z][a-z0-9+.-]*:/i.test(absolute)) return undefined;
  const filled = absolute.replace(/\{[^{}]*\}/g, 'x');
  if (!/^https?:\/\/[^/\\]/i.test(filled) || !URL.canParse(filled)) {
    return { code: 'not_a_url', message: "isn't an HTTP(S) URL" };
  }
  const { username, password, hash } = new URL(filled);
  if (username || password || hash) {
    return {
      code: 'not_a_url',
      message: 'has a username, a password or a fragment',
    };
  }
  try {
    check(filled);
    return undefined;
  } catch (error) {
    return { code: 'blocked', message: (error as Error).message };
  }
}
