import {
  DiagnosisTexts,
  Message,
  MessageValue,
} from 'backstage-plugin-datasource-auth-common';
import { ProviderContext } from '../../settings/ResolvedSettings';
import { JwtDestination } from '../../signing/signJwt';
import { TemplateValues } from '../../settings/templates';

/** Values for the error texts of a grant. */
export interface GrantSubject {
  /** `client 'x'`, or `the client` without a client ID. */
  client: MessageValue;
}

/** The token request of a grant, and the meaning of its errors. */
export interface Grant {
  /** `grant_type` of the token request. */
  readonly grantType: string;
  /**
   * Returns the parameters of the token request besides scope, audience and resource. Absent where a code comes first.
   *
   * @param now - epoch milliseconds of the provider's clock
   * @throws SettingsError
   */
  readonly parameters?: (
    context: ProviderContext,
    values: TemplateValues,
    now: number,
    destination: JwtDestination,
  ) => Promise<Record<string, string>>;
  /** Names of parameters that no text may repeat although they aren't secrets of the settings. */
  readonly proofs?: readonly string[];
  /** Whether `invalid_grant` is final, so that the same request must not be repeated. */
  readonly isRefusable: boolean;
  /** Texts for `invalid_grant` in response to its token request. */
  readonly invalidGrant: DiagnosisTexts;
  /** Texts for a token request that requires a user. */
  readonly personNeeded: (subject: GrantSubject) => DiagnosisTexts;
  /** What to do if the provider requires a scope and none was requested. */
  readonly scopeRequired?: Message;
  /** What to do if the provider rejects a scope. */
  readonly scopeRejected?: Message;
}
