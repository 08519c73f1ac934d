import { DiagnosisTexts } from 'backstage-plugin-datasource-auth-common';

/** The texts for an error: what happened, the likely cause, and what to do. */
export interface ErrorText extends DiagnosisTexts {
  retryable?: boolean;
}
