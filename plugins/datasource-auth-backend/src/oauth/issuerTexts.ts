import { hostOf, ProposedFix } from 'backstage-plugin-datasource-auth-common';

/** What to do about another issuer than the configured one. */
export interface IssuerAdvice {
  remedy: string;
  fix?: ProposedFix;
}

const UNEXPECTED = 'If it is unexpected, tell your security team.';

const withoutSlash = (issuer: string) => issuer.replace(/\/$/, '');

/**
 * Advises on an issuer that differs from the configured one, by how it differs.
 *
 * @param found - the issuer in the response, fit to be shown
 */
export function issuerAdvice(expected: string, found: string): IssuerAdvice {
  if (withoutSlash(found) === withoutSlash(expected)) {
    return {
      remedy: `Enter the issuer as ${found}. Only the final slash differs, and it counts.`,
      fix: { set: { 'auth.issuer': found } },
    };
  }
  const template = /\{[^{}]*\}/.exec(found)?.[0];
  if (template) {
    return {
      remedy: `Enter ${found} as the issuer, with your own value in place of ${template}. For Microsoft Entra that is the ID of your tenant.`,
    };
  }
  return hostOf(found) && hostOf(found) === hostOf(expected)
    ? {
        remedy: `If ${found} is the issuer that the provider documents, enter it as the issuer. ${UNEXPECTED}`,
      }
    : { remedy: `Check the issuer. ${UNEXPECTED}` };
}
