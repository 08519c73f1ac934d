import { DiagnosisTexts } from 'backstage-plugin-datasource-auth-common';

/** Words for one error: what happened, the likely cause, what to do. */
export interface ErrorText extends DiagnosisTexts {
  retryable?: boolean;
}
