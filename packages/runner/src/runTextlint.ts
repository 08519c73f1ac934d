import terminology from 'textlint-rule-terminology';
import { runProgram } from './processes/program';
import { lintedTexts } from './textlint/lintedTexts';
import { lintTexts } from './textlint/lintTexts';

/*
 * `yarn textlint`: checks that texts are plain English. Words are errors; sentences are warnings, which `--quiet` hides.
 */

/** Names of commands, and correct spellings: possessives, the file README, and "user name". */
const EXCLUDED_TERMS = [
  'Git',
  'Jest',
  'Linux',
  'OpenSSL',
  "API['’]?s",
  "URL['’]?s",
  'readme(s)?',
  'file[- ]name(s)?',
  'host[- ]name(s)?',
  'user[- ]name(s)?',
];

runProgram(async () => {
  const findings = await lintTexts(lintedTexts(), [
    {
      ruleId: 'terminology',
      rule: terminology,
      options: { severity: 'error', exclude: EXCLUDED_TERMS },
    },
  ]);
  const errors = findings.filter(({ severity }) => severity === 'error');
  const quiet = process.argv.includes('--quiet');
  for (const { place, message, severity } of quiet ? errors : findings) {
    process.stdout.write(`${place}: ${severity}: ${message}\n`);
  }
  return errors.length > 0 ? 1 : 0;
});
