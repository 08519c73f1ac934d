import type { TextlintRuleReporter } from '@textlint/types';
import { WORDS } from './words';

/** URLs, and placeholders in messages. */
const NOT_PROSE = /https?:\/\/\S+|\{\{\w+\}\}/g;

/** Reports each word to avoid, except in code. */
export const plainWords: TextlintRuleReporter = context => {
  const { Syntax, RuleError, report, locator, getSource } = context;
  return {
    [Syntax.Str](node) {
      const text = getSource(node).replace(NOT_PROSE, found =>
        ' '.repeat(found.length),
      );
      for (const { pattern, better } of WORDS) {
        for (const match of text.matchAll(pattern)) {
          const range = [match.index, match.index + match[0].length] as const;
          report(
            node,
            new RuleError(`"${match[0]}": ${better}`, {
              padding: locator.range(range),
            }),
          );
        }
      }
    },
  };
};
