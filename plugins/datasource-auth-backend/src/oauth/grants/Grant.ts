import {
  DiagnosisTexts,
  Message,
  MessageValue,
} from 'backstage-plugin-datasource-auth-common';
import { ProviderContext } from '../../settings/ResolvedSettings';
import { TemplateValues } from '../../settings/templates';

/** What error texts of a grant refer to. */
export interface GrantSubject {
  /** `client 'x'`, or `the client` where the settings name none. */
  client: MessageValue;
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
  /** Of these, those that no text may repeat although they aren't secrets of the settings. */
  readonly proofs?: readonly string[];
  /** Whether `invalid_grant` rejects what was presented for good, so that presenting it again would be wrong. */
  readonly isRefusable: boolean;
  /** `invalid_grant` in response to its token request. */
  readonly invalidGrant: DiagnosisTexts;
  /** Why the provider requires a person, in response to its token request. */
  readonly personNeeded: (subject: GrantSubject) => DiagnosisTexts;
  /** What to do where the provider requires a scope and none was requested. */
  readonly scopeRequired?: Message;
  /** What to do where the provider rejects a scope. */
  readonly scopeRejected?: Message;
}
