import { valuesOf, issuerOf } from './contextValues';
import { filledAssertion } from './filledAssertion';
import { ProviderContext, ResolvedAuth } from '../settings/ResolvedSettings';
import { resolveText } from '../settings/templates';

/**
 * Returns the settings with the client's templates filled in. The client authentication signs and sends these values.
 *
 * @throws SettingsError
 */
export function filledAuth(context: ProviderContext): ResolvedAuth {
  const { auth } = context;
  const values = valuesOf(context);
  const fill = (text: string | undefined) =>
    text === undefined ? undefined : resolveText(text, values);
  return {
    ...auth,
    clientId: fill(auth.clientId),
    issuer: issuerOf(context),
    clientAssertion:
      auth.clientAssertion && filledAssertion(auth.clientAssertion, values),
  };
}
