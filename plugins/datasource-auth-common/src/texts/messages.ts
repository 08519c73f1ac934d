import { approvalDiagnoses } from './approvalDiagnoses';
import { diagnosisSentences } from './diagnosisSentences';
import { egressMessages } from './egressMessages';
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
 * Everything that the backend tells people on the page, in English, as Backstage's translations write it. The code of a
 * message is its path here. Both the backend's English and the default texts of the page are made from this.
 *
 * @public
 */
export const MESSAGES = {
  diagnosis: DIAGNOSES,
  sentence: diagnosisSentences,
  reason: statusReasons,
  settings: settingsFaults,
  egress: egressMessages,
  verification: verificationMessages,
  health: healthMessages,
  name: nameMessages,
} as const;
