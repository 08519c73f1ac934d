import { ProviderContext } from '../../settings/ResolvedSettings';
import { TemplateValues } from '../../settings/templates';
import { ErrorText } from '../ErrorText';

/** What error texts of a grant refer to. */
export interface GrantSubject {
  /** `client 'x'`, or `the client` where the settings name none. */
  client: string;
}

/** How one grant speaks to the token endpoint, and what its errors mean. */
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
  ) => Promise<Record<string, string>>;
  /** Of these, those that no text may repeat and that are no secrets of the settings. */
  readonly proofs?: readonly string[];
  /** Whether `invalid_grant` refuses what was presented for good, so that presenting it again would be wrong. */
  readonly isRefusable: boolean;
  /** `invalid_grant` in response to its token request. */
  readonly invalidGrant: ErrorText;
  /** Why the provider wants a person, in response to its token request. */
  readonly personNeeded: (subject: GrantSubject) => ErrorText;
  /** What to do where the provider requires a scope and none was requested. */
  readonly scopeRequired?: string;
  /** What to do where the provider refuses a scope. */
  readonly scopeRefused?: string;
}
