/** A word to avoid, and what to write instead. */
export interface Word {
  /** Matches the word in any case. */
  pattern: RegExp;
  /** Texts that the pattern finds, for the test. */
  examples: string[];
  better: string;
}

const word = (source: string, better: string, ...examples: string[]): Word => ({
  // Skips parts of names, such as headers and paths.
  pattern: new RegExp(`(?<![\\w/-])(?:${source})(?![\\w-])`, 'gi'),
  examples,
  better,
});

/** Gendered pronouns. */
const PRONOUNS = [
  word('he|she', 'they, you or the user', 'he', 'She'),
  word('him|her', 'them, you or the user', 'him', 'her'),
  word('his|hers', 'their or your', 'his', 'hers'),
  word('himself|herself', 'themselves', 'himself', 'herself'),
];

/** Old-fashioned words, and indirect phrases. */
const UNUSUAL = [
  word(
    'answer(?:s|ed|ing)?',
    'response, respond or return; for people: reply, approve or decline',
    'the answer',
    'it answers',
    'answered',
    'answering',
  ),
  word('who(?:ever)? asks', 'the caller', 'who asks', 'whoever asks'),
  word('somebody', 'someone, or name the role', 'Somebody'),
  word('whoever', 'anyone who, or name the role', 'whoever'),
  word('of it', 'its, or name the thing', 'a part of it'),
  word('thereof', 'its, or name the thing', 'thereof'),
  word('anew', 'again', 'anew'),
  word('anyhow', 'anyway', 'anyhow'),
  word(
    '(?:says?|said|told|choose|decides?) otherwise',
    'differently, or name the default',
    'unless told otherwise',
    'says otherwise',
  ),
  word('as it has to be', 'as expected', 'as it has to be'),
  word('behind (?:your|their) back', 'in the background', 'behind your back'),
  word(
    '(?:comes|came)(?! from)',
    'is, arrives or is included',
    'no token comes',
    'it came',
  ),
  word('stands?', 'is', 'it stands there', 'they stand'),
  word(
    'takes (?!effect|place|over|part\\b|time\\b|precedence|(?:about|at least|at most|up to|less|more|longer|only|(?:a |an )?(?:few )?' +
      '(?:\\d+|one|two|five|ten|seconds?|minutes?|hours?|moments?|while))\\b)\\S+',
    'accepts, needs or uses',
    'it takes a path',
    'takes another',
  ),
  word(
    'br(?:ing|ings|ought)(?: along)?',
    'install, provide or include',
    'bring Node',
    'it brings its client',
    'brought along',
  ),
  word(
    '(?:a|the|each|every|first|next|last|another) look',
    'check',
    'the next look',
  ),
  word(
    'members? of (?:a|an|the) (?:\\S+ )?(?:response|request|object|token|body|payload|JSON)',
    'field',
    'a member of the response',
  ),
];

/** British spellings, with the American ones. */
const BRITISH: Record<string, string> = {
  behaviour: 'behavior',
  cancelled: 'canceled',
  cancelling: 'canceling',
  catalogue: 'catalog',
  centre: 'center',
  colour: 'color',
  defence: 'defense',
  dialogue: 'dialog',
  favour: 'favor',
  favourite: 'favorite',
  fulfil: 'fulfill',
  grey: 'gray',
  honour: 'honor',
  labelled: 'labeled',
  labelling: 'labeling',
  licence: 'license',
  modelled: 'modeled',
  modelling: 'modeling',
  neighbour: 'neighbor',
  offence: 'offense',
  programme: 'program',
  signalled: 'signaled',
  signalling: 'signaling',
  towards: 'toward',
  travelled: 'traveled',
  whilst: 'while',
};

/** Stems of verbs that end in -ize, and of their nouns. */
const IZE = [
  'author',
  'custom',
  'initial',
  'normal',
  'optim',
  'organ',
  'recogn',
  'serial',
  'summar',
  'synchron',
];

/** All words to avoid. */
export const WORDS: readonly Word[] = [
  ...PRONOUNS,
  ...UNUSUAL,
  ...Object.entries(BRITISH).map(([british, american]) =>
    word(`${british}(?:s|d|ed|ing)?`, american, british),
  ),
  ...IZE.map(stem =>
    word(
      `(?:un|re)?${stem}is(?:e[ds]?|ers?|ing|ations?)`,
      `${stem}ize`,
      `${stem}ise`,
      `${stem}ising`,
      `${stem}isation`,
    ),
  ),
];
