import { TextlintKernel, type TextlintKernelOptions } from '@textlint/kernel';
import markdown from '@textlint/textlint-plugin-markdown';
import plainText from '@textlint/textlint-plugin-text';
import type { LintedText } from './lintedTexts';
import { plainSentences } from './plainSentences';
import { plainWords } from './plainWords';

/** A problem that a rule reports. */
export interface Finding {
  place: string;
  message: string;
  /** Only errors fail the check. */
  severity: 'error' | 'warning';
}

type Rules = NonNullable<TextlintKernelOptions['rules']>;

const PLUGINS = [
  { pluginId: 'markdown', plugin: markdown },
  { pluginId: 'text', plugin: plainText },
];

const OWN_RULES: Rules = [
  { ruleId: 'plain-words', rule: plainWords, options: { severity: 'error' } },
  {
    ruleId: 'plain-sentences',
    rule: plainSentences,
    options: { severity: 'warning' },
  },
];

/** A template is code: the page writes `[[answer.id]]` where settings have braces. */
function withoutTemplates(text: string): string {
  return text.replace(/\[\[[\w.$]+\]\]/g, found => 'x'.repeat(found.length));
}

/** @param rules - rules to apply besides those of this project */
export async function lintTexts(
  texts: LintedText[],
  rules: Rules = [],
): Promise<Finding[]> {
  const kernel = new TextlintKernel();
  const findings: Finding[] = [];
  for (const { path, text, ext } of texts) {
    const { messages } = await kernel.lintText(withoutTemplates(text), {
      filePath: path,
      ext,
      plugins: PLUGINS,
      rules: [...OWN_RULES, ...rules],
    });
    for (const { line, message, severity } of messages) {
      findings.push({
        place: `${path}:${line}`,
        message,
        severity: severity === 2 ? 'error' : 'warning',
      });
    }
  }
  return findings;
}
