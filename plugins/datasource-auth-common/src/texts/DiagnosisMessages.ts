/** The texts of diagnoses: what happened, the likely cause, and what to do now. */
export type DiagnosisMessages = Record<
  string,
  { title: string; cause: string; remedy: string }
>;
