import {
  hostOf,
  Message,
  message,
  ProposedFix,
} from 'backstage-plugin-datasource-auth-common';

/** What to do about an issuer other than the configured one. */
export interface IssuerAdvice {
  remedy: Message[];
  fix?: ProposedFix;
}

const UNEXPECTED = message('sentence.tellSecurityTeam');

const withoutSlash = (issuer: string) => issuer.replace(/\/$/, '');

/**
 * Returns advice on an issuer that differs from the configured one.
 *
 * @param found - the issuer in the response, already masked
 */
export function issuerAdvice(expected: string, found: string): IssuerAdvice {
  if (withoutSlash(found) === withoutSlash(expected)) {
    return {
      remedy: [message('sentence.issuerSlash', { found })],
      fix: { set: { 'auth.issuer': found } },
    };
  }
  const template = /\{[^{}]*\}/.exec(found)?.[0];
  if (template)
    return {
      remedy: [message('sentence.issuerTemplate', { found, template })],
    };
  return {
    remedy: [
      hostOf(found) && hostOf(found) === hostOf(expected)
        ? message('sentence.issuerOfSameHost', { found })
        : message('diagnosis.issuerUnexpected.remedy'),
      UNEXPECTED,
    ],
  };
}
