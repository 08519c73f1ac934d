import { OpenApiValue } from 'backstage-plugin-datasource-auth-common';
import { DescriptionPlace } from './DescriptionPlace';

/** Throws a sentence when an address may not be called. */
export type CheckUrl = (url: string) => void;

const MOST_CHARACTERS = 2_000;

/**
 * An address as it stands in a document, and what keeps it from being used. Relative ones and those with `{variables}`
 * are looked at again when they are put together.
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
      : { code: 'not_a_url', message: 'is no text' };
  }
  // Templates are filled with values of the datasource, secrets among them: a document of a stranger has none.
  if (text.includes('{{')) {
    return { code: 'not_a_url', message: 'has a template of Backstage' };
  }
  return addressProblem(text, check);
}

/** A variable in place of the scheme: `{protocol}://…` is an absolute address, whatever the variable is called. */
const SCHEME_VARIABLE = /^\{+[^{}]*\}+(?=:\/\/)/;

/** What keeps an absolute address from being used. Nothing for a relative one. */
export function addressProblem(
  text: string,
  check: CheckUrl,
): OpenApiValue['problem'] {
  const absolute = text.replace(SCHEME_VARIABLE, 'https');
  if (!/^[a-z][a-z0-9+.-]*:/i.test(absolute)) return undefined;
  const filled = absolute.replace(/\{[^{}]*\}/g, 'x');
  if (!/^https?:\/\/[^/\\]/i.test(filled) || !URL.canParse(filled)) {
    return { code: 'not_a_url', message: 'is no http or https address' };
  }
  const { username, password, hash } = new URL(filled);
  if (username || password || hash) {
    return {
      code: 'not_a_url',
      message: 'has a user name, a password or a fragment',
    };
  }
  try {
    check(filled);
    return undefined;
  } catch (error) {
    return { code: 'blocked', message: (error as Error).message };
  }
}
