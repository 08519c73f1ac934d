import { resolveText, TemplateValues } from '../settings/templates';
import { Assertion } from '../signing/signJwt';

/**
 * Fills in the templates of an assertion, except in its key, passphrase and certificate.
 *
 * @throws SettingsError
 */
export function filledAssertion(
  assertion: Assertion,
  values: TemplateValues,
): Assertion {
  const fill = <T>(value: T) =>
    typeof value === 'string' ? (resolveText(value, values) as T) : value;
  const fillEach = <T extends object>(members: T | undefined) =>
    members &&
    (Object.fromEntries(
      Object.entries(members).map(([name, value]) => [name, fill(value)]),
    ) as T);
  return {
    ...assertion,
    kid: fill(assertion.kid),
    issuer: fill(assertion.issuer),
    subject: fill(assertion.subject),
    audience: fill(assertion.audience),
    claims: fillEach(assertion.claims),
    headers: fillEach(assertion.headers),
  };
}
