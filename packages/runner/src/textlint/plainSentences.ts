import type { TextlintRuleReporter } from '@textlint/types';

/** Maximum words in a sentence. */
const LONGEST = 30;

const PASSIVE =
  /\b(?:is|are|was|were|has been|have been|had been) (?:to be )?(?:not )?(?:\w+ed|sent|given|taken|held|kept|shown|made|found|written|read|set)\b/i;

/** Reports long and passive sentences. */
export const plainSentences: TextlintRuleReporter = context => {
  const { Syntax, RuleError, report, getSource, locator } = context;
  return {
    [Syntax.Paragraph](node) {
      for (const match of getSource(node).matchAll(
        /[^.!?:;]+(?:[.!?:;]+(?!\s)[^.!?:;]+)*/g,
      )) {
        const [sentence] = match;
        const padding = locator.at(match.index);
        const words = sentence.split(/\s+/).filter(each => /\w/.test(each));
        if (words.length > LONGEST) {
          const message = `${words.length} words: at most ${LONGEST}`;
          report(node, new RuleError(message, { padding }));
        }
        const [passive] = PASSIVE.exec(sentence) ?? [];
        if (passive) {
          const message = `"${passive}": say who does it`;
          report(node, new RuleError(message, { padding }));
        }
      }
    },
  };
};
