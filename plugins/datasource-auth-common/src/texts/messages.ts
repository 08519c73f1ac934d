import { FAULTS, PATH_FAULTS } from '../faults';
import { approvalDiagnoses } from './approvalDiagnoses';
import { diagnosisSentences } from './diagnosisSentences';
import { egressMessages } from './egressMessages';
import { errorMessages } from './errorMessages';
import { healthMessages } from './healthMessages';
import { nameMessages } from './nameMessages';
import { oauthDiagnoses } from './oauthDiagnoses';
import { responseDiagnoses } from './responseDiagnoses';
import { settingsFaults } from './settingsFaults';
import { statusReasons } from './statusReasons';
import { transportDiagnoses } from './transportDiagnoses';
import { verificationMessages } from './verificationMessages';

/**
 * Titles, causes and remedies of diagnoses, by code.
 *
 * @public
 */
export const DIAGNOSES = {
  ...oauthDiagnoses,
  ...responseDiagnoses,
  ...transportDiagnoses,
  ...approvalDiagnoses,
} as const;

/**
 * Every text from the backend that people see on the page, in English and in the format of Backstage translations. The
 * code of a message is its path here. The backend's English and the page's default texts are both made from this.
 *
 * @public
 */
export const MESSAGES = {
  diagnosis: DIAGNOSES,
  sentence: diagnosisSentences,
  error: errorMessages,
  fault: FAULTS,
  path: PATH_FAULTS,
  reason: statusReasons,
  settings: settingsFaults,
  egress: egressMessages,
  verification: verificationMessages,
  health: healthMessages,
  name: nameMessages,
} as const;
